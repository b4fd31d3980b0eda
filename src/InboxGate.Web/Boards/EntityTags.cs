namespace InboxGate.Web.Boards;

/// <summary>Whether what the caller has still holds (RFC 9110, If-None-Match).</summary>
public static class EntityTags
{
    /// <param name="tag">Of the answer, as it would be sent. Strong or weak makes no difference here.</param>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tag);
        return request.Headers.IfNoneMatch
            .SelectMany(x => (x ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Any(x => x == "*" || Opaque(x) == Opaque(tag));
    }

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
