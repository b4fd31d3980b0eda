using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace InboxGate.Web.SignIn;

/// <summary>
/// A browser's WebSocket cannot carry a header, so that its token comes in the query. It is put where tokens belong before
/// anything sees the request: what logs or traces addresses, at whatever level, finds none there.
/// </summary>
public sealed class QueryTokens(IServiceProvider services) : IHttpContextFactory
{
    private const string Name = "access_token";
    private readonly DefaultHttpContextFactory contexts = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        ArgumentNullException.ThrowIfNull(featureCollection);
        if (featureCollection.Get<IHttpRequestFeature>() is { QueryString.Length: > 1 } request)
        {
            Move(request);
        }

        return contexts.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => contexts.Dispose(httpContext);

    /// <summary>Only the hubs take a token so; elsewhere it is nobody's, and goes all the same.</summary>
    private static void Move(IHttpRequestFeature request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString);
        if (!query.Remove(Name, out var tokens))
        {
            return;
        }

        request.QueryString = QueryString.Create(query).Value ?? "";
        request.RawTarget = request.Path + request.QueryString;
        if (tokens is [{ Length: > 0 } token] && new PathString(request.Path).StartsWithSegments("/hubs") && request.Headers.Authorization.Count == 0)
        {
            request.Headers[HeaderNames.Authorization] = $"Bearer {token}";
        }
    }
}
