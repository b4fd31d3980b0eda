namespace InboxGate.Web.Problems;

/// <summary>A refusal the product expects. Thrown inside a rep's transaction it also rolls everything back.</summary>
/// <param name="status">The HTTP status: 4xx, or 503 for what is out of reach just now.</param>
/// <param name="type">The last part of the stable problem type.</param>
/// <param name="title">For people: what happened.</param>
/// <param name="detail">What to do next.</param>
public sealed class RefusalException(int status, string type, string title, string detail) : Exception(title)
{
    public int Status { get; } = status;
    public string Type { get; } = type;
    public string Title { get; } = title;
    public string Detail { get; } = detail;

    /// <summary>When the caller may come again; null when waiting mends nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static RefusalException Unprocessable(string type, string title, string detail) => new(StatusCodes.Status422UnprocessableEntity, type, title, detail);

    public static RefusalException Conflict(string type, string title, string detail) => new(StatusCodes.Status409Conflict, type, title, detail);

    public static RefusalException NotFound(string type, string title, string detail) => new(StatusCodes.Status404NotFound, type, title, detail);

    public static RefusalException Forbidden(string type, string title, string detail) => new(StatusCodes.Status403Forbidden, type, title, detail);
}
