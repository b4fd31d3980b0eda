using System.Globalization;
using InboxGate.Core.Prospects;
using InboxGate.Web.Problems;

namespace InboxGate.Web.Prospects.Import;

/// <summary>Which cells of a row say what.</summary>
internal sealed class ImportColumns
{
    private static readonly ImportField[] Emails = [ImportField.Email, ImportField.Email2, ImportField.Email3];
    private static readonly ImportField[] Numbers = [ImportField.Phone, ImportField.Mobile];
    private readonly ImportField?[] fields;

    private ImportColumns(IReadOnlyList<string> headers, ImportField?[] fields)
    {
        Headers = headers;
        this.fields = fields;
        // Prénom and Nom, Nombre and Apellidos: what means the whole name elsewhere is half of it beside the other half.
        var isNameLast = Has(ImportField.FirstName) && !Has(ImportField.LastName);
        var isNameFirst = Has(ImportField.LastName) && !Has(ImportField.FirstName);
        Used = [.. Enumerable.Range(0, fields.Length).Where(x => fields[x] is not (null or ImportField.Ignore or ImportField.Id))];
        Email = Places(Emails);
        Phone = Places(Numbers);
        Domain = Places(ImportField.Domain);
        Name = isNameLast || isNameFirst ? [] : Places(ImportField.Name);
        FirstName = isNameFirst ? Places(ImportField.Name) : Places(ImportField.FirstName);
        LastName = isNameLast ? Places(ImportField.Name) : Places(ImportField.LastName);
        Company = Places(ImportField.Company);
        Status = [.. Places(ImportField.Status), .. Places(ImportField.Lifecycle), .. Places(ImportField.Type)];
        TimeZone = Places(ImportField.TimeZone);
        Country = Places(ImportField.Country);
        DoNotCall = Places(ImportField.DoNotCall);
    }

    public IReadOnlyList<string> Headers { get; }

    /// <summary>The columns that are read, by their place in the file; all other properties are places among these.</summary>
    public int[] Used { get; }
    public int[] Email { get; }
    public int[] Phone { get; }
    public int[] Domain { get; }
    public int[] Name { get; }
    public int[] FirstName { get; }
    public int[] LastName { get; }
    public int[] Company { get; }
    public int[] Status { get; }
    public int[] TimeZone { get; }
    public int[] Country { get; }
    public int[] DoNotCall { get; }

    /// <summary>Without a column that names somebody no row can be listed.</summary>
    public bool AreUsable => Email.Length + Phone.Length + Domain.Length > 0;

    /// <summary>Headers that stand over more than one column that is read.</summary>
    public IEnumerable<string> Repeated => Used.Select(x => Headers[x]).Where(x => x.Length > 0).GroupBy(ColumnNames.Key).Where(x => x.Count() > 1).Select(x => x.First());

    public ImportField? FieldOf(int column) => fields[column];

    /// <exception cref="RefusalException">The mapping names a column that there is not.</exception>
    public static ImportColumns Of(IReadOnlyList<string> headers, IReadOnlyDictionary<string, ImportField> mapping)
    {
        var fields = headers.Select(ColumnNames.FieldOf).ToArray();
        foreach (var (column, field) in mapping)
        {
            var places = Enumerable.Range(0, headers.Count).Where(x => string.Equals(headers[x].Trim(), column.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            if (places.Count == 0 && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < headers.Count)
            {
                places.Add(index);
            }

            if (places.Count == 0)
            {
                throw RefusalException.Unprocessable(
                    "import-mapping", "The mapping names a column that the file does not have.", $"“{Shown(column)}” is not there. The columns are: {List(headers)}.");
            }

            places.ForEach(x => fields[x] = field);
        }

        return new ImportColumns(headers, fields);
    }

    /// <summary>The headers in words; of many the first.</summary>
    public static string List(IReadOnlyList<string> headers)
    {
        const int Most = 30;
        return string.Join(", ", headers.Take(Most).Select((x, at) => x.Trim().Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"(column {at})") : Shown(x)))
            + (headers.Count > Most ? ", …" : "");
    }

    private static string Shown(string header)
    {
        const int Longest = 60;
        var text = PlainText.Clean(header, Longest, out var isCut);
        return isCut ? text + "…" : text ?? "";
    }

    private bool Has(ImportField field) => Array.IndexOf(fields, field) >= 0;

    private int[] Places(params ImportField[] wanted) =>
        [.. wanted.SelectMany(field => Enumerable.Range(0, Used.Length).Where(x => fields[Used[x]] == field))];
}
