using InboxGate.Core.Prospects;

namespace InboxGate.Core.Tests.Prospects;

public sealed class ColumnNamesTests
{
    public static TheoryData<string, string, string> Exports => new()
    {
        { "HubSpot", "Record ID;First Name;Last Name;Email;Phone Number;Mobile Phone Number;Lead Status;Lifecycle Stage;Company name;Website URL;Country/Region;Time Zone", "Id FirstName LastName Email Phone Mobile Status Lifecycle Company Domain Country TimeZone" },
        { "HubSpot's interface", "hs_object_id;firstname;lastname;email;hs_additional_emails;phone;mobilephone;hs_lead_status;lifecyclestage;company;domain", "Id FirstName LastName Email Email2 Phone Mobile Status Lifecycle Company Domain" },
        { "Salesforce", "Lead ID;First Name;Last Name;Company / Account;Email;Phone;Mobile;Lead Status;Do Not Call;Website;Country", "Id FirstName LastName Company Email Phone Mobile Status DoNotCall Domain Country" },
        { "Salesforce's interface", "External_Id__c;FirstName;LastName;AccountName;Email;Phone;MobilePhone;Status;DoNotCall", "Id FirstName LastName Company Email Phone Mobile Status DoNotCall" },
        { "Dynamics", "Full Name;Email;Email Address 2;Business Phone;Mobile Phone;Company Name;Status Reason;Relationship Type;Do not allow Phone Calls", "Name Email Email2 Phone Mobile Company Status Type DoNotCall" },
        { "Dynamics' interface", "fullname;emailaddress1;emailaddress2;emailaddress3;telephone1;mobilephone;companyname;statuscode;customertypecode;donotphone;websiteurl", "Name Email Email2 Email3 Phone Mobile Company Status Type DoNotCall Domain" },
        { "Pipedrive", "Person - Name;Person - Organization;Person - Email - Work;Person - Email - Home;Person - Phone - Work;Person - Phone - Mobile;Person - Label;Organization - Website", "Name Company Email Email2 Phone Mobile Status Domain" },
        { "Outlook", "First Name;Last Name;Company;Business Phone;Home Phone;Mobile Phone;E-mail Address;E-mail 2 Address;E-mail 3 Address;Web Page;Business Country/Region", "FirstName LastName Company Phone Phone Mobile Email Email2 Email3 Domain Country" },
        { "Outlook in German", "Vorname;Nachname;Firma;Telefon geschäftlich;Mobiltelefon;E-Mail-Adresse;E-Mail 2: Adresse;Webseite;Land/Region geschäftlich", "FirstName LastName Company Phone Mobile Email Email2 Domain Country" },
        { "Outlook in French", "Prénom;Nom;Société;Téléphone (bureau);Tél. mobile;Adresse de messagerie;Adresse de messagerie 2;Page Web;Pays/Région (bureau)", "FirstName Name Company Phone Mobile Email Email2 Domain Country" },
        { "Outlook in Spanish", "Nombre;Apellidos;Organización;Teléfono del trabajo;Móvil;Dirección de correo electrónico;Página web", "Name LastName Company Phone Mobile Email Domain" },
        { "Outlook in Japanese", "名;姓;会社名;会社電話;携帯電話;電子メール アドレス;電子メール 2 アドレス;Web ページ", "FirstName LastName Company Phone Mobile Email Email2 Domain" },
        { "of any writing", " E-MAIL ;first_name;LAST-NAME;pHoNe   NuMbEr;company.name;Do Not Call?", "Email FirstName LastName Phone Company DoNotCall" },
    };

    [Theory, MemberData(nameof(Exports))]
    public void The_columns_of_an_export_are_known(string program, string headers, string fields) =>
        Assert.Equal(fields, string.Join(' ', headers.Split(';').Select(x => ColumnNames.FieldOf(x)?.ToString() ?? $"({program}: {x})")));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("--")]
    [InlineData("Business Fax")]
    [InlineData("E-mail Type")]
    [InlineData("E-mail Display Name")]
    [InlineData("Contact owner")]
    [InlineData("Last activity date")]
    [InlineData("ann@fabrikam.com")]
    public void Other_columns_are_not(string? header) => Assert.Null(ColumnNames.FieldOf(header));
}
