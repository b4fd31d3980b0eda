namespace InboxGate.Core.Prospects;

/// <summary>What a column of an imported table says of a person.</summary>
public enum ImportField
{
    Email,
    Email2,
    Email3,
    FirstName,
    LastName,
    Name,
    Company,

    /// <summary>The company's domain or the address of its website.</summary>
    Domain,
    Phone,
    Mobile,

    /// <summary>Where they stand: a lead's status, a label.</summary>
    Status,
    Lifecycle,

    /// <summary>What they are to the company: customer, partner.</summary>
    Type,
    TimeZone,
    Country,
    DoNotCall,

    /// <summary>The other program's own; not kept.</summary>
    Id,
    Ignore,
}
