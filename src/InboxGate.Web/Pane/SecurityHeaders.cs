using InboxGate.Web.Mailbox;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.Pane;

/// <summary>
/// What every answer says to browsers, errors included. Pages bring a policy of their own; everything else may load
/// nothing and be framed by nobody. Neither X-Frame-Options nor opener and embedder policies: Outlook shows the pages in
/// frames of its own, and sign-in opens windows.
/// </summary>
public sealed class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string Devices = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
    private readonly RequestDelegate next;
    private readonly bool isHttps;

    public SecurityHeaders(RequestDelegate next, IOptions<MailboxOptions> mailbox)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        this.next = next;
        // Asked of the public address, because a proxy may end TLS before this server.
        isHttps = mailbox.Value.PublicAddress.Scheme == Uri.UriSchemeHttps;
    }

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // At the last moment: what handles an error clears the headers that were set before it.
        context.Response.OnStarting(Add, context);
        return next(context);
    }

    private Task Add(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, Nothing);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Devices;
        if (isHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return Task.CompletedTask;
    }
}
