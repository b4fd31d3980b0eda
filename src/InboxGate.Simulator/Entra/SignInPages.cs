using System.Text.Encodings.Web;
using InboxGate.Simulator.World;
using Microsoft.AspNetCore.Http;

namespace InboxGate.Simulator.Entra;

/// <summary>The pages on which people sign in: plain forms, complete by keyboard, in the colours that the browser asks for.</summary>
internal static class SignInPages
{
    private const int MostListed = 50;

    /// <summary>Of its own, so that Enter in the other one never means to leave.</summary>
    private const string LeaveForm = "<form id=\"leave\" method=\"post\"></form>";

    private const string Style = """
        :root { color-scheme: light dark; font: 15px/1.45 "Segoe UI", system-ui, sans-serif; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
        main { box-sizing: border-box; width: min(27rem, 100vw); padding: 2rem 1.5rem; }
        h1 { margin: 0 0 .25rem; font-size: 1.5rem; font-weight: 600; }
        p { margin: .25rem 0 1rem; }
        ul { list-style: none; margin: 1rem 0; padding: 0; max-height: 22rem; overflow: auto; }
        button { font: inherit; color: inherit; cursor: pointer; }
        li button { display: block; width: 100%; padding: .6rem .75rem; border: 0; border-top: 1px solid #8884; background: none; text-align: start; }
        li button:hover { background: #8882; }
        li b { display: block; font-weight: 600; }
        li small { opacity: .8; }
        :focus-visible { outline: 2px solid Highlight; outline-offset: -2px; }
        label { display: block; margin-bottom: .25rem; }
        input { font: inherit; box-sizing: border-box; width: 100%; padding: .4rem .5rem; }
        .row { display: flex; gap: .5rem; justify-content: end; margin-top: 1rem; }
        .row button { padding: .4rem 1.25rem; border: 1px solid #8888; border-radius: 2px; background: none; }
        .row .main { background: #0067b8; border-color: #0067b8; color: #fff; }
        [role=alert] { padding: .5rem .75rem; border-inline-start: 3px solid #c50f1f; background: #c50f1f22; }
        """;

    /// <summary>Everybody as a button, the expected account first; others by their address.</summary>
    public static IResult Accounts(AuthorizationRequest request, IEnumerable<SimulatedUser> users, SignInSession session, string? wrong = null) => Page("Sign in", $"""
        <h1>Choose an account</h1>
        <p>to go on to {Text(request.Client.Name)}</p>
        {Alert(wrong)}
        <form method="post">{Buttons(users, request.Hint, user => session.Find(user.Id) is null ? "" : " · signed in")}</form>
        <form method="post">
        <label for="other">Another account</label>
        <input id="other" name="user" type="email" autocomplete="username" required>
        <div class="row"><button form="leave" name="cancel" value="1">Cancel</button><button class="main">Next</button></div>
        </form>
        {LeaveForm}
        """);

    /// <summary>A step between the choice of the account and the way back.</summary>
    /// <param name="title">What is asked.</param>
    /// <param name="explanation">Why.</param>
    /// <param name="user">The chosen account.</param>
    /// <param name="accept">What the button says.</param>
    public static IResult Confirmation(string title, string explanation, SimulatedUser user, string accept) => Page(title, $"""
        <h1>{Text(title)}</h1>
        <p>{Text(user.Address)}</p>
        <p>{Text(explanation)}</p>
        <form method="post">
        <input type="hidden" name="user" value="{Text(user.Address)}">
        <div class="row"><button form="leave" name="cancel" value="1">Cancel</button><button class="main" name="approve" value="1">{Text(accept)}</button></div>
        </form>
        {LeaveForm}
        """);

    public static IResult AdministratorNeeded(AuthorizationRequest request) => Page("Need admin approval", $"""
        <h1>Need admin approval</h1>
        <p>{Text(request.Client.Name)} needs permissions that only an administrator can grant.</p>
        <form method="post">
        <div class="row"><button class="main" name="leave" value="1">Return to the application without granting consent</button></div>
        </form>
        """);

    public static IResult DeviceCode(IEnumerable<SimulatedUser> users, string code, string? wrong = null) => Page("Sign in on a device", $"""
        <h1>Enter the code</h1>
        <p>that your app or device shows, and choose who signs in on it.</p>
        {Alert(wrong)}
        <form method="post">
        <label for="code">Code</label>
        <input id="code" name="code" autocomplete="off" required value="{Text(code)}">
        {Buttons(users, null, _ => "")}
        </form>
        """);

    public static IResult Said(string title, string text, int status = StatusCodes.Status200OK) =>
        Page(title, $"<h1>{Text(title)}</h1><p>{Text(text)}</p>", status);

    private static string Alert(string? wrong) => wrong is null ? "" : $"<p role=\"alert\">{Text(wrong)}</p>";

    private static string Buttons(IEnumerable<SimulatedUser> users, string? first, Func<SimulatedUser, string> note)
    {
        var listed = users.Where(user => user.Purpose == "user")
            .OrderBy(user => !user.Address.Equals(first, StringComparison.OrdinalIgnoreCase)).ThenBy(user => user.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MostListed);
        return string.Concat(listed
            .Select(user => $"<li><button name=\"user\" value=\"{Text(user.Address)}\"><b>{Text(user.Name)}</b> <small>{Text(user.Address + note(user))}</small></button></li>")
            .Prepend("<ul>").Append("</ul>"));
    }

    private static IResult Page(string title, string body, int status = StatusCodes.Status200OK) => Results.Content(
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\"><title>{Text(title)}</title><style>{Style}</style></head><body><main>{body}</main></body></html>",
        "text/html; charset=utf-8", statusCode: status);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
