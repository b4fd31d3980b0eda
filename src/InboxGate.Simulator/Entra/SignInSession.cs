using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace InboxGate.Simulator.Entra;

/// <summary>Who has signed in in this browser, in a cookie that a hidden frame of another site is sent as well.</summary>
internal sealed class SignInSession
{
    private const string CookieName = "simulator-sessions";

    private readonly List<Account> accounts;

    private SignInSession(List<Account> accounts) => this.accounts = accounts;

    public IReadOnlyList<Account> Accounts => accounts;

    public static SignInSession Of(HttpRequest request)
    {
        try
        {
            return new SignInSession(JsonSerializer.Deserialize<List<Account>>(Base64UrlEncoder.Decode(request.Cookies[CookieName] ?? "")) ?? []);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return new SignInSession([]);
        }
    }

    public Account? Find(Guid user) => accounts.Find(account => account.User == user);

    /// <summary>Remembers the account and what it has satisfied, beside what is known of it already.</summary>
    public Account Remember(HttpResponse response, Guid user, IReadOnlyList<string> contexts)
    {
        var account = new Account(user, [.. (Find(user)?.Contexts ?? []).Union(contexts)]);
        accounts.RemoveAll(known => known.User == user);
        accounts.Add(account);
        Write(response);
        return account;
    }

    /// <summary>Forgets one account, or all of them.</summary>
    public void Forget(HttpResponse response, Guid? user)
    {
        accounts.RemoveAll(account => user is null || account.User == user);
        Write(response);
    }

    private void Write(HttpResponse response) => response.Cookies.Append(
        CookieName,
        Base64UrlEncoder.Encode(JsonSerializer.Serialize(accounts)),
        new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.None, Path = "/" });

    /// <param name="User">Their object id.</param>
    /// <param name="Contexts">What they did beyond a usual sign-in.</param>
    internal sealed record Account(Guid User, IReadOnlyList<string> Contexts);
}
