using InboxGate.Web.SignIn;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Mailbox;

/// <summary>What this server depends on outside of itself.</summary>
public enum Dependency
{
    Graph,
    Entra,
}

/// <summary>How requests leave this server; a host that wants to watch them, or make them fail, brings its own.</summary>
public interface ITransport
{
    /// <returns>The innermost handler; the caller disposes of it.</returns>
    HttpMessageHandler Create(Dependency dependency);
}

/// <summary>Over the network, trusting the private authority of the settings too.</summary>
public sealed class NetworkTransport(IOptions<EntraOptions> entra) : ITransport
{
    public HttpMessageHandler Create(Dependency dependency) => PrivateAuthority.CreateHandler(entra.Value.CertificateAuthorityPath);
}
