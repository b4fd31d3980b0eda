using InboxGate.Web.Mailbox;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace InboxGate.Web.Tests.Mailbox;

/// <summary>The network with failures of Polly's own making in it, as the innermost of all handlers.</summary>
internal sealed class ChaosTransport(NetworkTransport network, ResiliencePipeline<HttpResponseMessage> chaos) : ITransport
{
    public HttpMessageHandler Create(Dependency dependency) => new ResilienceHandler(chaos) { InnerHandler = network.Create(dependency) };
}
