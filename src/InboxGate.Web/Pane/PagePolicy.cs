using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using InboxGate.Web.Mailbox;
using InboxGate.Web.SignIn;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Pane;

/// <summary>
/// The Content-Security-Policy of a page: its own files, Office.js and the sign-in authority, and nothing inline but what
/// the page itself was built with, by hash.
/// </summary>
public sealed partial class PagePolicy
{
    // Microsoft publishes no list; these are where Outlook on the web is known to live.
    private static readonly string[] OutlookHosts =
    [
        "https://outlook.office.com", "https://outlook.office365.com", "https://outlook.cloud.microsoft", "https://outlook.live.com",
    ];

    private readonly string office;
    private readonly string rest;

    public PagePolicy(IOptions<PaneOptions> pane, IOptions<EntraOptions> entra, IOptions<MailboxOptions> mailbox)
    {
        ArgumentNullException.ThrowIfNull(pane);
        ArgumentNullException.ThrowIfNull(entra);
        ArgumentNullException.ThrowIfNull(mailbox);
        office = pane.Value.OfficeScript.GetLeftPart(UriPartial.Authority);
        var authority = entra.Value.Authority.GetLeftPart(UriPartial.Authority);
        var address = mailbox.Value.PublicAddress.GetLeftPart(UriPartial.Authority);
        // Older browsers do not take a WebSocket to the page's own host for 'self'.
        var sockets = "ws" + address["http".Length..];
        var ancestors = pane.Value.FrameAncestors.Count > 0 ? pane.Value.FrameAncestors : OutlookHosts;
        rest = $"img-src 'self' data:; connect-src 'self' {sockets} {authority} {office}; frame-src 'self' {authority}; "
            + $"frame-ancestors 'self' {string.Join(' ', ancestors)}; object-src 'none'; base-uri 'none'; form-action 'none'";
    }

    /// <param name="html">The page as it is sent: a changed byte within a script or style is another hash.</param>
    public string For(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return $"default-src 'none'; script-src 'self' {office}{Hashes(html, "script")}; style-src 'self'{Hashes(html, "style")}; {rest}";
    }

    private static string Hashes(string html, string element) => string.Concat(InlineElements().Matches(html)
        .Where(match => match.Groups["element"].Value == element && !match.Groups["attributes"].Value.Contains(" src=", StringComparison.Ordinal))
        // What a browser hashes: line ends are one character by then.
        .Select(match => match.Groups["content"].Value.ReplaceLineEndings("\n"))
        .Distinct()
        .Select(content => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'"));

    [GeneratedRegex("<(?<element>script|style)(?<attributes>(?: [^>]*)?)>(?<content>.*?)</\\k<element>>", RegexOptions.Singleline)]
    private static partial Regex InlineElements();
}
