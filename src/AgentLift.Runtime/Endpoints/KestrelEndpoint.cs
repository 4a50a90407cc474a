using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>An endpoint for which Kestrel listens, holds the connections and drains them.</summary>
internal abstract class KestrelEndpoint(string name, string scheme, AgentContext agent, ILogger logger, EndpointOptions options)
    : AgentEndpoint(name, scheme, agent, logger, options)
{
    private IEndpointServer? server;

    private protected virtual void Configure(KestrelServerLimits limits)
    {
    }

    private protected abstract void Configure(ListenOptions listen);

    private protected abstract IEndpointServer Create(Action<KestrelServerOptions> configure);

    private protected override async Task<IPEndPoint> ListenAsync(IPEndPoint wanted, CancellationToken cancellationToken)
    {
        var certificate = LoadCertificate();
        ListenOptions? bound = null;
        var starting = Create(kestrel =>
        {
            Configure(kestrel.Limits);
            kestrel.Listen(wanted, listen =>
            {
                bound = listen;
                if (certificate is not null)
                    listen.UseHttps(certificate);
                Configure(listen);
            });
        });
        try
        {
            await starting.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await starting.DisposeAsync().ConfigureAwait(false);
            throw CannotListen(error);
        }

        server = starting;
        return (IPEndPoint)bound!.EndPoint;
    }

    private protected override async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref server, null) is not { } stopping)
            return;
        await stopping.StopAsync(cancellationToken).ConfigureAwait(false);
        await stopping.DisposeAsync().ConfigureAwait(false);
    }

    private X509Certificate2? LoadCertificate()
    {
        if (Options.CertificateFile is not { } file)
            return null;
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, Options.CertificatePassword);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Failed($"the certificate {file} does not load: {error.Message} Check {Key}:{nameof(EndpointOptions.CertificateFile)} and its password.", error);
        }
    }
}
