using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AgentLift.Runtime.Tests;

/// <summary>A certificate that has signed itself, as the two files that the two sides are given.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Host = "localhost";
    private const string Password = "secret";
    private readonly string folder = Directory.CreateTempSubdirectory("certificate-").FullName;

    public TestCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + Host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(ServerFile, certificate.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllText(TrustedFile, certificate.ExportCertificatePem());
    }

    /// <summary>Certificate and key, for the side that answers.</summary>
    public string ServerFile => Path.Combine(folder, "server.pfx");

    /// <summary>The certificate alone, for the side that asks.</summary>
    public string TrustedFile => Path.Combine(folder, "trusted.pem");

    public void Use(EndpointOptions endpoint)
    {
        endpoint.CertificateFile = ServerFile;
        endpoint.CertificatePassword = Password;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
