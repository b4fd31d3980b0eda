#!/usr/bin/env dotnet
#:package Azure.Identity
#:package Microsoft.Graph
#:property PublishAot=false

// Makes InboxGate's app registration in a tenant, or brings it up to date: dotnet run manifest/register.cs -- --help
// It may be run again and again: it says what it changed, and changes nothing that is right already.
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var (wishes, mistake) = Wishes.Read(args);
if (args.Length == 0 || args.Contains("--help"))
{
    Console.WriteLine(Wishes.Help);
    return args.Length == 0 ? 2 : 0;
}

if (wishes is null)
{
    Console.Error.WriteLine(mistake);
    Console.Error.WriteLine("--help lists the options.");
    return 2;
}

try
{
    return await new Registration(wishes, SignIn.Graph(wishes), stop.Token).RunAsync();
}
catch (RefusedException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}
catch (AuthenticationFailedException failed)
{
    Console.Error.WriteLine(Words.Of(failed));
    return 1;
}
catch (ODataError error)
{
    Console.Error.WriteLine(Words.Of(error));
    return 1;
}
catch (HttpRequestException unreachable)
{
    Console.Error.WriteLine($"Microsoft Graph or the sign-in cannot be reached: {unreachable.Message} Check the network and the proxy, then run this again.");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. What was done so far is right; run this again to finish.");
    return 1;
}

/// <summary>What was asked for on the command line.</summary>
internal sealed class Wishes
{
    public const string Help = """
        Makes InboxGate's app registration in your Microsoft Entra tenant, or brings it up to date.

          dotnet run manifest/register.cs -- --address https://inboxgate.contoso.com --tenant contoso.com [options]

        --address URL          where people reach your InboxGate; more than once for several servers
        --tenant ID            your tenant: a domain or an id
        --access KIND          application (default): the server watches mailboxes by itself;
                               delegated: only on behalf of the person who is signed in
        --mail-by-exchange     leave permissions for mail to Exchange, which can limit them to some mailboxes;
                               prints the commands for it
        --marks                also what marking mail in the message list needs
        --contacts             also what filling lists from Outlook contacts needs
        --consent              approve the permissions for everybody; needs a Global or Privileged Role Administrator
        --certificate FILE     the public certificate (.cer, .pem) with which the server will prove that it is the app
        --name TEXT            the registration's name (InboxGate)
        --client-id ID         use this registration, whoever made it
        --several-tenants      people of other tenants may sign in too
        --sign-in KIND         device (default): a code in a browser; az: whoever is signed in to the Azure CLI;
                               environment: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or
                               AZURE_CLIENT_CERTIFICATE_PATH, for automation
        --dry-run              say what would be done, and do nothing
        --remove               take the registration out again

        For other clouds: --authority URL (https://login.microsoftonline.com/), --graph URL
        (https://graph.microsoft.com/v1.0), --certificate-authority FILE (a PEM file to trust).
        """;

    private static readonly string[] Switches = ["--mail-by-exchange", "--marks", "--contacts", "--consent", "--several-tenants", "--dry-run", "--remove"];
    private static readonly string[] Valued =
        ["--address", "--tenant", "--access", "--certificate", "--name", "--client-id", "--sign-in", "--authority", "--graph", "--certificate-authority"];

    private readonly ILookup<string, string> given;

    private Wishes(ILookup<string, string> given) => this.given = given;

    public required IReadOnlyList<Uri> Addresses { get; init; }
    public required X509Certificate2? Certificate { get; init; }
    public string? Tenant => One("--tenant");
    public bool Delegated => One("--access") == "delegated";
    public string? ClientId => One("--client-id");
    public string Name => One("--name") ?? "InboxGate";
    public string SignIn => One("--sign-in") ?? "device";
    public required Uri Authority { get; init; }
    public required Uri Graph { get; init; }
    public string? CertificateAuthority => One("--certificate-authority");
    public bool MailByExchange => given.Contains("--mail-by-exchange");
    public bool Marks => given.Contains("--marks");
    public bool Contacts => given.Contains("--contacts");
    public bool Consent => given.Contains("--consent");
    public bool SeveralTenants => given.Contains("--several-tenants");
    public bool DryRun => given.Contains("--dry-run");
    public bool Remove => given.Contains("--remove");

    public static (Wishes? Wishes, string? Mistake) Read(string[] args)
    {
        var given = new List<(string Name, string Value)>();
        for (var at = 0; at < args.Length; at++)
        {
            if (Switches.Contains(args[at]))
            {
                given.Add((args[at], ""));
            }
            else if (!Valued.Contains(args[at]))
            {
                return (null, $"{args[at]} is not known.");
            }
            else if (at + 1 == args.Length || args[at + 1].StartsWith("--", StringComparison.Ordinal))
            {
                return (null, $"{args[at]} needs a value.");
            }
            else
            {
                given.Add((args[at], args[++at]));
            }
        }

        return Check(given.ToLookup(x => x.Name, x => x.Value));
    }

    private static (Wishes?, string?) Check(ILookup<string, string> given)
    {
        if (given.FirstOrDefault(same => same.Count() > 1 && same.Key != "--address")?.Key is { } twice)
        {
            return (null, $"{twice} is there twice.");
        }

        string? One(string name) => given[name].SingleOrDefault();
        var addresses = given["--address"].Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null).ToList();
        if (addresses.Any(address => address is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" } || !IsSecure(address)))
        {
            return (null, "--address must be an https address without a path, such as https://inboxgate.contoso.com.");
        }

        if (addresses.Count == 0 && !given.Contains("--remove"))
        {
            return (null, "--address is missing: where people reach your InboxGate, such as https://inboxgate.contoso.com.");
        }

        if (One("--access") is not (null or "application" or "delegated"))
        {
            return (null, "--access is application or delegated.");
        }

        if (One("--access") == "delegated" && given.Contains("--mail-by-exchange"))
        {
            return (null, "--mail-by-exchange is for application access: with delegated access each person opens only their own mailbox.");
        }

        if (One("--sign-in") is not (null or "device" or "az" or "environment"))
        {
            return (null, "--sign-in is device, az or environment.");
        }

        if (One("--client-id") is { } client && !Guid.TryParse(client, out _))
        {
            return (null, "--client-id must be an application's id, a GUID.");
        }

        if (Address(One("--authority")) is (null, true) || Address(One("--graph")) is (null, true))
        {
            return (null, "--authority and --graph must be https addresses.");
        }

        if (One("--certificate-authority") is { } roots && !File.Exists(roots))
        {
            return (null, "--certificate-authority names a file that is not there.");
        }

        X509Certificate2? certificate = null;
        if (One("--certificate") is { } file)
        {
            try
            {
                certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            }
            catch (CryptographicException)
            {
                return (null, "--certificate must name a file with a certificate, as PEM or DER. Its private key stays with the server.");
            }
        }

        return (new Wishes(given)
        {
            Addresses = [.. addresses.OfType<Uri>().Distinct()],
            Certificate = certificate,
            Authority = Address(One("--authority")).Address ?? new Uri("https://login.microsoftonline.com/"),
            Graph = Address(One("--graph")).Address ?? new Uri("https://graph.microsoft.com/v1.0"),
        }, null);
    }

    private static (Uri? Address, bool Given) Address(string? text) =>
        (Uri.TryCreate(text, UriKind.Absolute, out var address) && (IsSecure(address) || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) ? address : null, text is not null);

    private static bool IsSecure(Uri? address) => address?.Scheme == Uri.UriSchemeHttps;

    private string? One(string name) => given[name].SingleOrDefault();
}

/// <summary>Signs in, and opens Microsoft Graph.</summary>
internal static class SignIn
{
    // Microsoft Graph Command Line Tools: the public client that Microsoft keeps for scripts such as this one.
    private const string CommandLineTools = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
    private static readonly string[] ForApplications = ["Application.ReadWrite.All"];
    private static readonly string[] ForConsent = ["AppRoleAssignment.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All"];

    public static GraphServiceClient Graph(Wishes wishes)
    {
        var resource = wishes.Graph.IsLoopback ? "https://graph.microsoft.com" : wishes.Graph.GetLeftPart(UriPartial.Authority);
        var credential = Credential(wishes, new HttpClientTransport(new HttpClient(Handler(wishes))));
        string[] scopes = wishes.SignIn == "device"
            ? [.. ForApplications.Concat(wishes.Consent ? ForConsent : []).Select(scope => $"{resource}/{scope}")]
            : [$"{resource}/.default"];
        var authentication = new AzureIdentityAuthenticationProvider(credential, [wishes.Graph.Host], null, isCaeEnabled: true, scopes: scopes);
        return new GraphServiceClient(GraphClientFactory.Create(finalHandler: Handler(wishes)), authentication, wishes.Graph.ToString().TrimEnd('/'));
    }

    private static TokenCredential Credential(Wishes wishes, HttpClientTransport transport)
    {
        var isPrivate = wishes.CertificateAuthority is not null;
        switch (wishes.SignIn)
        {
            case "az":
                return new AzureCliCredential(new AzureCliCredentialOptions { TenantId = wishes.Tenant });
            case "environment":
                var tenant = wishes.Tenant ?? Variable("AZURE_TENANT_ID") ?? throw new RefusedException("Set AZURE_TENANT_ID, or say --tenant.");
                var client = Variable("AZURE_CLIENT_ID") ?? throw new RefusedException("Set AZURE_CLIENT_ID: the application that may make registrations.");
                return (Variable("AZURE_CLIENT_SECRET"), Variable("AZURE_CLIENT_CERTIFICATE_PATH")) switch
                {
                    ({ } secret, _) => new ClientSecretCredential(
                        tenant, client, secret, Configure(new ClientSecretCredentialOptions { DisableInstanceDiscovery = isPrivate })),
                    (_, { } path) => new ClientCertificateCredential(
                        tenant, client, path, Configure(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = isPrivate })),
                    _ => throw new RefusedException("Set AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH."),
                };
            default:
                return new DeviceCodeCredential(Configure(new DeviceCodeCredentialOptions
                {
                    TenantId = wishes.Tenant,
                    ClientId = CommandLineTools,
                    DisableInstanceDiscovery = isPrivate,
                    DeviceCodeCallback = (code, _) =>
                    {
                        Console.WriteLine(code.Message);
                        return Task.CompletedTask;
                    },
                }));
        }

        T Configure<T>(T options)
            where T : TokenCredentialOptions
        {
            options.AuthorityHost = wishes.Authority;
            options.Transport = transport;
            return options;
        }
    }

    private static SocketsHttpHandler Handler(Wishes wishes)
    {
        var handler = new SocketsHttpHandler();
        if (wishes.CertificateAuthority is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>The registration as it is and as it should be.</summary>
internal sealed class Registration(Wishes wishes, GraphServiceClient graph, CancellationToken ct)
{
    /// <summary>By this tag a registration is known to be this script's.</summary>
    private const string Ours = "InboxGate registration";

    /// <summary>Without it the portal does not list the application among the enterprise applications.</summary>
    private const string Listed = "WindowsAzureActiveDirectoryIntegratedApp";

    private const string Scope = "access_as_user";
    private const string GraphClientId = "00000003-0000-0000-c000-000000000000";
    private static readonly Guid ScopeId = new("7e1636fa-4cd1-4b26-a67a-c828cd2fbe2c");
    private static readonly Guid ManagerRoleId = new("0ec1e297-3c9c-4758-99ff-732dfe2ab350");
    private static readonly Guid AdminRoleId = new("76831685-81ce-4eab-bf58-00ac91364cab");
    private static readonly string[] OpenId = ["openid", "profile", "offline_access"];
    private static readonly string[] Shown =
        ["id", "appId", "displayName", "tags", "signInAudience", "identifierUris", "spa", "api", "appRoles", "requiredResourceAccess", "keyCredentials"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Dictionary<Guid, string> names = [];
    private int changes;

    public async Task<int> RunAsync()
    {
        var app = await FindAsync();
        if (wishes.Remove)
        {
            return await RemoveAsync(app);
        }

        var microsoftGraph = (await graph.ServicePrincipals.GetAsync(
            request => request.QueryParameters.Filter = $"appId eq '{GraphClientId}'", ct))?.Value?.SingleOrDefault()
            ?? throw new RefusedException("Microsoft Graph is not in this tenant. Is it the right tenant?");
        if (app is null)
        {
            var wanted = Wanted(new Application(), microsoftGraph);
            wanted.DisplayName = wishes.Name;
            wanted.Tags = [Ours];
            await DoAsync("Made", "make", $"the registration {wishes.Name}.", async () => app = await graph.Applications.PostAsync(wanted, cancellationToken: ct));
            Details(new Application(), wanted).ForEach(Say);
            if (app is null)
            {
                return Done();
            }
        }

        await UpdateAsync(app, microsoftGraph);
        var principal = await PrincipalAsync(app);
        if (principal is not null && wishes.Consent)
        {
            await ConsentAsync(principal, microsoftGraph);
        }

        var result = Done();
        if (!wishes.DryRun)
        {
            SayNext(app, principal!);
        }

        return result;
    }

    private async Task<Application?> FindAsync()
    {
        var filter = wishes.ClientId is { } client ? $"appId eq '{client}'" : $"displayName eq '{wishes.Name.Replace("'", "''", StringComparison.Ordinal)}'";
        var found = (await graph.Applications.GetAsync(request => request.QueryParameters.Filter = filter, ct))?.Value ?? [];
        if (wishes.ClientId is not null)
        {
            return found.Count == 1 ? await ReadAsync(found[0].Id!)
                : throw new RefusedException($"This tenant has no application with the id {wishes.ClientId}. Check --client-id and --tenant.");
        }

        var ours = found.Where(app => app.Tags?.Contains(Ours) == true).ToList();
        if (ours.Count > 1)
        {
            throw new RefusedException($"There are {ours.Count} registrations named {wishes.Name}. Say which one: {string.Join(" or ", ours.Select(app => "--client-id " + app.AppId))}.");
        }

        if (ours.Count == 0 && found.Count > 0)
        {
            throw new RefusedException(
                $"The name {wishes.Name} is taken by an application that this script did not make. Say --name for another name, or --client-id {found[0].AppId} to use that one.");
        }

        return ours.Count == 0 ? null : await ReadAsync(ours[0].Id!);
    }

    /// <summary>Asked for by name: only then Graph shows the certificates themselves, which go back with every change of them.</summary>
    private async Task<Application> ReadAsync(string id) =>
        await graph.Applications[id].GetAsync(request => request.QueryParameters.Select = Shown, ct) ?? throw new RefusedException("The registration has just gone. Run this again.");

    /// <summary>The whole registration as it should be, with what others added to it left as it is.</summary>
    private Application Wanted(Application now, ServicePrincipal microsoftGraph)
    {
        var scopes = now.Api?.Oauth2PermissionScopes ?? [];
        var roles = now.AppRoles ?? [];
        var wanted = new Application
        {
            SignInAudience = wishes.SeveralTenants ? "AzureADMultipleOrgs" : "AzureADMyOrg",
            // Exactly these: an address that is not yours any more must not receive tokens.
            Spa = new SpaApplication { RedirectUris = [.. wishes.Addresses.SelectMany(address => new[] { $"brk-multihub://{address.Authority}", SignInPage(address) })] },
            Api = new ApiApplication
            {
                RequestedAccessTokenVersion = 2,
                Oauth2PermissionScopes = scopes.Any(scope => scope.Value == Scope) ? scopes : [.. scopes, OwnScope()],
            },
            AppRoles =
            [
                .. roles,
                .. new[] { Role(ManagerRoleId, "Manager", "Sees the team's counts and sets its targets."), Role(AdminRoleId, "Admin", "Sets the tenant's policy, lists and holidays.") }
                    .Where(role => !roles.Any(it => it.Value == role.Value)),
            ],
            RequiredResourceAccess =
            [
                .. (now.RequiredResourceAccess ?? []).Where(it => it.ResourceAppId != GraphClientId),
                new RequiredResourceAccess
                {
                    ResourceAppId = GraphClientId,
                    ResourceAccess =
                    [
                        .. Roles().Select(name => new ResourceAccess { Id = RoleId(microsoftGraph, name), Type = "Role" }),
                        .. Scopes().Select(name => new ResourceAccess { Id = ScopeIdOf(microsoftGraph, name), Type = "Scope" }),
                    ],
                },
            ],
        };
        if (now.AppId is { } clientId)
        {
            var own = now.IdentifierUris ?? [];
            wanted.IdentifierUris = own.Contains($"api://{clientId}") ? own : [.. own, $"api://{clientId}"];
            var scope = $"{wanted.Api.Oauth2PermissionScopes.Single(it => it.Value == Scope).Id}";
            var others = (now.Api?.PreAuthorizedApplications ?? []).Where(it => it.AppId != clientId);
            wanted.Api.PreAuthorizedApplications = [.. others, new PreAuthorizedApplication { AppId = clientId, DelegatedPermissionIds = [scope] }];
        }

        if (wishes.Certificate is { } certificate)
        {
            var keys = now.KeyCredentials ?? [];
            wanted.KeyCredentials = keys.Any(key => key.Key?.AsSpan().SequenceEqual(certificate.RawData) == true) ? keys :
            [
                .. keys,
                new KeyCredential { Type = "AsymmetricX509Cert", Usage = "Verify", Key = certificate.RawData, DisplayName = certificate.Subject },
            ];
        }

        return wanted;
    }

    private async Task UpdateAsync(Application app, ServicePrincipal microsoftGraph)
    {
        var now = await AgainAsync(() => ReadAsync(app.Id!));
        var wanted = Wanted(now, microsoftGraph);
        var details = Details(now, wanted);
        if (details.Count > 0 && !wishes.DryRun)
        {
            await AgainAsync(() => graph.Applications[now.Id].PatchAsync(wanted, cancellationToken: ct));
        }

        details.ForEach(Say);
    }

    private async Task<ServicePrincipal?> PrincipalAsync(Application app)
    {
        var found = (await graph.ServicePrincipals.GetAsync(request => request.QueryParameters.Filter = $"appId eq '{app.AppId}'", ct))?.Value?.SingleOrDefault();
        if (found is not null)
        {
            return found;
        }

        await DoAsync("Made", "make", "it known in this tenant as an enterprise application.", () => AgainAsync(async () =>
            found = await graph.ServicePrincipals.PostAsync(new ServicePrincipal { AppId = app.AppId, Tags = [Listed] }, cancellationToken: ct)));
        return found;
    }

    /// <summary>Approves what is wanted, and takes back what is wanted no more: a grant that stays would outdo a narrower one.</summary>
    private async Task ConsentAsync(ServicePrincipal principal, ServicePrincipal microsoftGraph)
    {
        var wanted = Roles().ToDictionary(name => RoleId(microsoftGraph, name)!.Value);
        var held = ((await graph.ServicePrincipals[principal.Id].AppRoleAssignments.GetAsync(cancellationToken: ct))?.Value ?? [])
            .Where(it => it.ResourceId.ToString() == microsoftGraph.Id).ToList();
        foreach (var (id, name) in wanted.Where(role => !held.Any(it => it.AppRoleId == role.Key)))
        {
            await DoAsync("Approved", "approve", $"{name} for the application.", () => AgainAsync(() => graph.ServicePrincipals[principal.Id].AppRoleAssignments.PostAsync(
                new AppRoleAssignment { PrincipalId = Guid.Parse(principal.Id!), ResourceId = Guid.Parse(microsoftGraph.Id!), AppRoleId = id }, cancellationToken: ct)));
        }

        foreach (var left in held.Where(it => it.AppRoleId is { } id && !wanted.ContainsKey(id)))
        {
            var name = microsoftGraph.AppRoles!.SingleOrDefault(role => role.Id == left.AppRoleId)?.Value ?? left.AppRoleId.ToString();
            await DoAsync("Took back", "take back", $"{name} from the application.",
                () => graph.ServicePrincipals[principal.Id].AppRoleAssignments[left.Id].DeleteAsync(cancellationToken: ct));
        }

        var scope = string.Join(' ', Scopes());
        var grant = ((await graph.Oauth2PermissionGrants.GetAsync(request => request.QueryParameters.Filter = $"clientId eq '{principal.Id}'", ct))?.Value ?? [])
            .SingleOrDefault(it => it.ResourceId == microsoftGraph.Id && it.ConsentType == "AllPrincipals");
        if (grant is not null && (grant.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet().SetEquals(Scopes()))
        {
            return;
        }

        await DoAsync("Approved", "approve", $"{scope} for everybody.", () => grant is null
            ? AgainAsync(() => graph.Oauth2PermissionGrants.PostAsync(
                new OAuth2PermissionGrant { ClientId = principal.Id, ConsentType = "AllPrincipals", ResourceId = microsoftGraph.Id, Scope = scope }, cancellationToken: ct))
            : graph.Oauth2PermissionGrants[grant.Id].PatchAsync(new OAuth2PermissionGrant { Scope = scope }, cancellationToken: ct));
    }

    private async Task<int> RemoveAsync(Application? app)
    {
        if (app is null)
        {
            Console.WriteLine($"There is no registration {wishes.Name}: nothing to remove.");
            return 0;
        }

        if (app.Tags?.Contains(Ours) != true)
        {
            throw new RefusedException($"This script did not make {app.DisplayName} ({app.AppId}), so it does not remove it. Remove it in the Entra admin center if it is not needed.");
        }

        if (wishes.DryRun)
        {
            Console.WriteLine($"Would remove the registration {app.DisplayName} ({app.AppId}) and everything that was approved for it.");
            return 0;
        }

        // The enterprise application and its grants go with it.
        await graph.Applications[app.Id].DeleteAsync(cancellationToken: ct);
        Console.WriteLine($"Removed the registration {app.DisplayName} ({app.AppId}) and everything that was approved for it. For 30 days it can be restored in the portal.");
        return 0;
    }

    /// <summary>What is new or gone, in words.</summary>
    private List<string> Details(Application now, Application wanted)
    {
        var details = new List<string>();
        if (now.SignInAudience != wanted.SignInAudience)
        {
            details.Add($"  Who may sign in: {(wishes.SeveralTenants ? "people of several tenants" : "people of this tenant")}.");
        }

        details.AddRange(Compare("address", now.Spa?.RedirectUris, wanted.Spa?.RedirectUris));
        if (wanted.IdentifierUris is not null)
        {
            details.AddRange(Compare("API address", now.IdentifierUris, wanted.IdentifierUris));
        }

        if (now.Api?.RequestedAccessTokenVersion != wanted.Api!.RequestedAccessTokenVersion)
        {
            details.Add("  Token version: 2.");
        }

        details.AddRange(Compare("scope", now.Api?.Oauth2PermissionScopes?.Select(x => x.Value!), wanted.Api.Oauth2PermissionScopes?.Select(x => x.Value!)));
        if (wanted.Api.PreAuthorizedApplications is { } authorized)
        {
            details.AddRange(Compare("client without a question", now.Api?.PreAuthorizedApplications?.Select(Key), authorized.Select(Key)));
        }

        details.AddRange(Compare("role", now.AppRoles?.Select(x => x.Value!), wanted.AppRoles?.Select(x => x.Value!)));
        details.AddRange(Compare("permission", Permissions(now), Permissions(wanted)));
        if (wanted.KeyCredentials is { } keys)
        {
            details.AddRange(Compare("certificate", now.KeyCredentials?.Select(Thumbprint), keys.Select(Thumbprint)));
        }

        return details;

        static string Key(PreAuthorizedApplication app) => $"{app.AppId} for {string.Join(' ', (app.DelegatedPermissionIds ?? []).Select(id => id == ScopeId.ToString() ? Scope : id))}";
        static string Thumbprint(KeyCredential key) => key.Key is { } raw ? X509CertificateLoader.LoadCertificate(raw).Thumbprint : key.KeyId.ToString()!;
        IEnumerable<string> Permissions(Application of) => (of.RequiredResourceAccess ?? []).Where(it => it.ResourceAppId == GraphClientId)
            .SelectMany(it => it.ResourceAccess ?? []).Select(it => $"{(it.Type == "Role" ? "application" : "delegated")} {NameOf(it.Id)}");
    }

    private static IEnumerable<string> Compare(string what, IEnumerable<string>? now, IEnumerable<string>? wanted)
    {
        var (old, fresh) = (now?.ToList() ?? [], wanted?.ToList() ?? []);
        return fresh.Except(old).Select(added => $"  + {what} {added}").Concat(old.Except(fresh).Select(gone => $"  - {what} {gone}"));
    }

    /// <summary>Says what was done once it is, or only what would be.</summary>
    private async Task DoAsync(string did, string would, string what, Func<Task> act)
    {
        if (!wishes.DryRun)
        {
            await act();
        }

        Say($"{(wishes.DryRun ? "Would " + would : did)} {what}");
    }

    private void Say(string change)
    {
        changes++;
        Console.WriteLine(change);
    }

    private int Done()
    {
        Console.WriteLine(changes == 0 ? "Everything is as it should be: nothing changed." : wishes.DryRun ? "Nothing was done: this was a dry run." : "Done.");
        return 0;
    }

    private void SayNext(Application app, ServicePrincipal principal)
    {
        var tenant = principal.AppOwnerOrganizationId?.ToString() ?? wishes.Tenant;
        var settings = new Dictionary<string, object>
        {
            ["Entra"] = new { Authority = wishes.Authority, ClientId = app.AppId, Tenants = new[] { tenant } },
            ["Mailbox"] = new { GraphBaseAddress = wishes.Graph, PublicAddress = wishes.Addresses[0].GetLeftPart(UriPartial.Authority), Access = wishes.Delegated ? "delegated" : "application" },
        };
        Console.WriteLine($"""

            Settings for the server (appsettings.json):
            {JsonSerializer.Serialize(settings, Indented)}
            Add to Entra how the server proves that it is the app: CertificatePath, ManagedIdentity or FederatedTokenFile.
            """);
        if (!wishes.Consent)
        {
            Console.WriteLine($"""

                The permissions are not approved yet. Run this again with --consent, or have a Global Administrator open
                {new Uri(wishes.Authority, $"{tenant}/adminconsent?client_id={app.AppId}&redirect_uri={Uri.EscapeDataString(SignInPage(wishes.Addresses[0]))}")}
                """);
        }

        if (wishes.MailByExchange)
        {
            Console.WriteLine($"""

                Let Exchange give mail permissions for the mailboxes of one group (Exchange Online PowerShell, as Exchange Administrator):
                New-ServicePrincipal -AppId {app.AppId} -ObjectId {principal.Id} -DisplayName "{app.DisplayName}"
                $group = (Get-Group "InboxGate reps").DistinguishedName
                New-ManagementScope -Name "InboxGate reps" -RecipientRestrictionFilter "MemberOfGroup -eq '$group'"
                """);
            foreach (var role in MailRoles())
            {
                Console.WriteLine($"""New-ManagementRoleAssignment -App {principal.Id} -Role "Application {role}" -CustomResourceScope "InboxGate reps" """.TrimEnd());
            }

            Console.WriteLine($"Test-ServicePrincipalAuthorization -Identity {principal.Id} -Resource somebody@your.domain");
        }
    }

    /// <summary>Repeats what Entra ID refuses only because a new object has not reached all of its servers yet.</summary>
    private async Task<T> AgainAsync<T>(Func<Task<T>> attempt)
    {
        for (var left = 10; ; left--)
        {
            try
            {
                return await attempt();
            }
            catch (ODataError early) when (left > 0 && (early.ResponseStatusCode == (int)HttpStatusCode.NotFound
                || (early.ResponseStatusCode == (int)HttpStatusCode.BadRequest && early.Error?.Message?.Contains("valid application object", StringComparison.OrdinalIgnoreCase) == true)))
            {
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
        }
    }

    /// <summary>What the application may do by itself.</summary>
    private string[] Roles() => wishes.Delegated ? []
        : wishes.MailByExchange ? ["User.Read.All", "Domain.Read.All"]
        : ["User.Read.All", "Domain.Read.All", "Mail.ReadBasic.All", "MailboxSettings.Read", .. Optional()];

    /// <summary>What it may do for the person who is signed in.</summary>
    private string[] Scopes() => !wishes.Delegated ? OpenId
        : [.. OpenId, "User.Read.All", "Domain.Read.All", "Mail.ReadBasic", "MailboxSettings.Read", .. Optional()];

    /// <summary>Exchange's names for the same.</summary>
    private string[] MailRoles() => ["Mail.ReadBasic", "MailboxSettings.Read", .. Optional()];

    /// <summary>What reps may switch on beyond the rest; alike for the application, for people and in Exchange.</summary>
    private string[] Optional() =>
        [.. wishes.Marks ? ["Mail.ReadWrite", "MailboxSettings.ReadWrite"] : Array.Empty<string>(), .. wishes.Contacts ? ["Contacts.Read"] : Array.Empty<string>()];

    private string NameOf(Guid? id) => id is { } known ? names.GetValueOrDefault(known, known.ToString()) : "";

    private Guid? RoleId(ServicePrincipal microsoftGraph, string name) => Remember(
        name, microsoftGraph.AppRoles?.SingleOrDefault(role => role.Value == name)?.Id);

    private Guid? ScopeIdOf(ServicePrincipal microsoftGraph, string name) => Remember(
        name, microsoftGraph.Oauth2PermissionScopes?.SingleOrDefault(scope => scope.Value == name)?.Id);

    private Guid? Remember(string name, Guid? id)
    {
        names[id ?? throw new RefusedException($"Microsoft Graph in this cloud has no permission {name}.")] = name;
        return id;
    }

    private static string SignInPage(Uri address) => $"https://{address.Authority}/signin.html";

    private static PermissionScope OwnScope() => new()
    {
        Id = ScopeId,
        Value = Scope,
        Type = "User",
        IsEnabled = true,
        AdminConsentDisplayName = "Use InboxGate as the person who is signed in",
        AdminConsentDescription = "Lets the add-in show and log this person's calls.",
        UserConsentDisplayName = "Use InboxGate as you",
        UserConsentDescription = "Lets the add-in show and log your calls.",
    };

    private static AppRole Role(Guid id, string name, string description) =>
        new() { Id = id, Value = name, DisplayName = name, Description = description, IsEnabled = true, AllowedMemberTypes = ["User"] };
}

/// <summary>Errors as an administrator can use them: what happened, and what to do.</summary>
internal static class Words
{
    public static string Of(AuthenticationFailedException failed)
    {
        var text = failed.InnerException?.Message ?? failed.Message;
        return text switch
        {
            _ when text.Contains("AADSTS90002", StringComparison.Ordinal) || text.Contains("AADSTS900023", StringComparison.Ordinal) =>
                "There is no such tenant. Check --tenant: a domain such as contoso.com, or the tenant's id.",
            _ when text.Contains("AADSTS700016", StringComparison.Ordinal) => "This tenant does not know that application. Check AZURE_CLIENT_ID and --tenant.",
            _ when text.Contains("AADSTS7000215", StringComparison.Ordinal) => "The client secret is wrong. Check AZURE_CLIENT_SECRET: its value, not its id.",
            _ when text.Contains("AADSTS65001", StringComparison.Ordinal) || text.Contains("AADSTS90094", StringComparison.Ordinal) =>
                "An administrator has to let Microsoft Graph Command Line Tools do this first. Sign in as one, or say --sign-in az.",
            _ when failed is CredentialUnavailableException => $"The Azure CLI is not ready: run az login, or leave --sign-in out. ({failed.Message})",
            _ => $"Sign-in did not work: {failed.Message}",
        };
    }

    public static string Of(ODataError error) => (error.ResponseStatusCode, error.Error?.Code) switch
    {
        (403, _) =>
            "You may not do that in this tenant. Making the registration needs the role Application Administrator or Cloud Application Administrator; "
            + "--consent needs Global Administrator or Privileged Role Administrator. An application needs Application.ReadWrite.All, and for --consent "
            + "AppRoleAssignment.ReadWrite.All and DelegatedPermissionGrant.ReadWrite.All.",
        (401, _) => "Microsoft Graph does not take this sign-in. Check --tenant, --authority and --graph.",
        (_, var code) => $"Microsoft Graph refused: {error.Error?.Message ?? error.Message} ({code}). Nothing else was done.",
    };
}

/// <summary>Something that only the caller can mend; the message is for them.</summary>
internal sealed class RefusedException(string message) : Exception(message);
