using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using InboxGate.Web.SignIn;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace InboxGate.Web.Limits;

/// <summary>
/// Refuses what is too much with 429 and when to come again: by address where nobody is known, so that checking tokens is not
/// the flood itself, and by rep, so that one rep's flood is nobody else's, not even in the same office.
/// </summary>
public static class RequestLimits
{
    /// <summary>What no operation raises for itself.</summary>
    private const int UsualBody = 64 * 1024;
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(2);
    private static readonly PathString Live = "/hubs";

    /// <summary>Microsoft sends all notifications from few addresses, and what watches a server asks often.</summary>
    private static readonly PathString[] NotByAddress = ["/api/graph", "/health"];

    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
        {
            kestrel.Limits.MaxRequestBodySize = UsualBody;
            kestrel.Limits.MaxConcurrentConnections = limits.Value.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Value.LiveConnections;
        });
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<LimitOptions>>((forwarded, limits) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As far back as proxies are known, however many stand in a row.
            forwarded.ForwardLimit = null;
            foreach (var network in limits.Value.ProxyNetworks())
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
        return services.AddRateLimiter(_ => { }).AddSingleton<RepLimits>();
    }

    public static void UseAddressLimits(this WebApplication app)
    {
        app.UseForwardedHeaders();
        var limits = app.Services.GetRequiredService<IOptions<LimitOptions>>().Value;
        if (limits.Rates)
        {
            var tokens = app.Services.GetRequiredService<KnownTokens>();
            app.UseRateLimiter(Refusing(PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => LimitOf(context, limits, tokens))));
        }
    }

    /// <summary>After it is known who asks.</summary>
    public static void UseRepLimits(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<LimitOptions>>().Value.Rates)
        {
            app.UseRateLimiter(Refusing(app.Services.GetRequiredService<RepLimits>().Requests));
        }
    }

    public static bool IsLive(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Path.StartsWithSegments(Live, StringComparison.OrdinalIgnoreCase);
    }

    private static RateLimitPartition<IPAddress> LimitOf(HttpContext context, LimitOptions limits, KnownTokens tokens)
    {
        var isApi = context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsLive(context);
        return !isApi
            || NotByAddress.Any(x => context.Request.Path.StartsWithSegments(x, StringComparison.OrdinalIgnoreCase))
            || tokens.Has(EntraSignIn.BearerOf(context.Request))
            ? RateLimitPartition.GetNoLimiter(IPAddress.None)
            : RateLimitPartition.GetTokenBucketLimiter(SiteOf(context.Connection.RemoteIpAddress), _ => Bucket(limits.AddressBurst, limits.AddressPerSecond));
    }

    /// <summary>Of an address of the sixth version whoever has it has its whole network.</summary>
    private static IPAddress SiteOf(IPAddress? address)
    {
        if (address is null || address.IsIPv4MappedToIPv6 || address.GetAddressBytes() is not { Length: 16 } bytes)
        {
            return address?.MapToIPv4() ?? IPAddress.Any;
        }

        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    internal static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    private static RateLimiterOptions Refusing(PartitionedRateLimiter<HttpContext> limiter) => new()
    {
        GlobalLimiter = limiter,
        RejectionStatusCode = StatusCodes.Status429TooManyRequests,
        OnRejected = RefuseAsync,
    };

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var http = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : UsualWait;
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(
            new ProblemDetailsContext { HttpContext = http, ProblemDetails = new ProblemDetails { Status = StatusCodes.Status429TooManyRequests } });
    }
}
