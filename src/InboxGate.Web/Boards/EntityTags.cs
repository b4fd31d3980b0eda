namespace InboxGate.Web.Boards;

/// <summary>Whether what the caller has still holds (RFC 9110, If-None-Match).</summary>
public static class EntityTags
{
    /// <param name="tag">Of the answer, as it would be sent. Strong or weak makes no difference here.</param>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tag);
        foreach (var sent in request.Headers.IfNoneMatch)
        {
            // As it mostly is: the one tag that was answered last.
            if (sent == tag || sent?.Split(',', StringSplitOptions.TrimEntries).Any(x => x == "*" || Opaque(x) == Opaque(tag)) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
