using AgentLift.Core.Data;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Tests.ParallelRun;

public class TranscriptReaderTests
{
    private const string Head = "agent: tutor\nendpoints:\n  lines: { protocol: tcp }\n  web: { protocol: http, offset: 80 }\n  beats: { protocol: udp, offset: 1 }\nexchanges:\n";

    [Fact]
    public void Text_over_tcp_is_sent_as_a_line_and_over_udp_as_it_is()
    {
        var transcript = TranscriptReader.Read("t.yaml", Head + "  - endpoint: lines\n    send: ['Zoë', { base64: AAH/, answerBytes: 4 }]\n  - endpoint: beats\n    send: [{ text: beat, answers: 0 }]\n");

        transcript.Exchanges[0].Requests[0].Bytes.ShouldBe("Zoë\n"u8.ToArray());
        transcript.Exchanges[0].Requests[1].Bytes.ShouldBe([0, 1, 255]);
        transcript.Exchanges[0].Requests[1].AnswerBytes.ShouldBe(4);
        transcript.Exchanges[1].Requests[0].Bytes.ShouldBe("beat"u8.ToArray());
        transcript.Exchanges[1].Requests[0].Answers.ShouldBe(0);
        transcript.Endpoints["beats"].Offset.ShouldBe(1);
    }

    [Fact]
    public void An_http_request_has_a_method_a_path_and_perhaps_a_body()
    {
        var transcript = TranscriptReader.Read("t.yaml", Head + "  - endpoint: web\n    send: ['GET /health', { request: 'POST /jobs', body: '{}' }]\n");

        transcript.Exchanges[0].Requests.Select(request => (request.Method, request.Path, request.Bytes.Length)).ShouldBe([("GET", "/health", 0), ("POST", "/jobs", 2)]);
    }

    [Theory]
    [InlineData("  - endpoint: line\n    send: [x]\n", 7, "no endpoint is named 'line'")]
    [InlineData("  - endpoint: lines\n    anyOrder: true\n    send: [x]\n", 8, "answers can only come in another order where requests are pipelined")]
    [InlineData("  - endpoint: lines\n    sent: [x]\n", 8, "unknown key 'sent'")]
    [InlineData("  - endpoint: lines\n    send:\n    - { base64: '?' }\n", 9, "this is not base64")]
    [InlineData("  - endpoint: web\n    send: [health]\n", 8, "'health' is no request")]
    [InlineData("  - endpoint: lines\n    send: [{ text: x, answers: -1 }]\n", 8, "-1 is not a whole number from 0 to 10000")]
    [InlineData("  - endpoint: lines\n    send: [x]\nignore: ['(']\n", 9, "'(' is not a regular expression")]
    public void What_cannot_be_used_is_told_with_its_line(string rest, int line, string message)
    {
        var problem = Should.Throw<DataException>(() => TranscriptReader.Read("t.yaml", Head + rest)).Problem;

        problem.File.ShouldBe("t.yaml");
        problem.Line.ShouldBe(line);
        problem.Message.ShouldStartWith(message);
        problem.NextStep.ShouldNotBeEmpty();
    }
}
