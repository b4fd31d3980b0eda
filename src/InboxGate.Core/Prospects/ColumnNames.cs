using System.Text;

namespace InboxGate.Core.Prospects;

/// <summary>
/// What the columns of other programs' exports are called: HubSpot, Salesforce, Dynamics 365, Pipedrive and Outlook, as shown
/// on the screen and as their interfaces name them, in English, German, French, Spanish and (Outlook) Japanese.
/// </summary>
public static class ColumnNames
{
    /// <summary>Written as the programs write them; they are compared without case, accents, spaces and marks.</summary>
    private static readonly (ImportField Field, string Names)[] Known =
    [
        (ImportField.Email, """
            Email; E-mail; Mail; Email address; E-mail Address; Email 1; Email address 1; Primary email; Work email; Business email; Email - Work;
            Person - Email - Work; Email (Work); Entry; hs_email; E-Mail-Adresse; E-Mail 1; E-Mail 1: Adresse; E-Mail (geschäftlich); E-Mail - Arbeit; Mailadresse;
            Adresse e-mail; Adresse mail; Courriel; Adresse de messagerie; Adresse électronique; Adresse e-mail professionnelle; E-mail professionnel;
            Correo; Correo electrónico; Dirección de correo; Dirección de correo electrónico; Dirección de email; Correo electrónico del trabajo;
            電子メール アドレス; 電子メール; メール アドレス; メール; Eメール
            """),
        (ImportField.Email2, """
            Email 2; Email address 2; E-mail 2 Address; Secondary email; Other email; Alternative email; Additional email addresses; hs_additional_emails;
            Home email; Personal email; Email - Home; Email (Home); Email - Other; E-Mail 2; E-Mail 2: Adresse; E-Mail-Adresse 2; Weitere E-Mail-Adressen; E-Mail (privat);
            E-mail 2; Adresse de messagerie 2; Adresse e-mail 2; Autre e-mail; Adresses e-mail supplémentaires; E-mail personnel;
            Correo electrónico 2; Dirección de correo electrónico 2; Dirección del correo electrónico 2; Otro correo; Correo electrónico personal;
            電子メール 2 アドレス; 電子メール 2; メール 2
            """),
        (ImportField.Email3, """
            Email 3; Email address 3; E-mail 3 Address; E-Mail 3; E-Mail 3: Adresse; E-Mail-Adresse 3; Adresse de messagerie 3; Adresse e-mail 3;
            Correo electrónico 3; Dirección de correo electrónico 3; 電子メール 3 アドレス; 電子メール 3
            """),
        (ImportField.FirstName, """
            First name; Given name; Forename; Person - First name; Vorname; Prénom; Nombre de pila; Primer nombre; 名
            """),
        (ImportField.LastName, """
            Last name; Surname; Family name; Person - Last name; Nachname; Familienname; Nom de famille; Apellido; Apellidos; 姓
            """),
        (ImportField.Name, """
            Name; Full name; Contact name; Person; Person - Name; Display name; Lead name; Customer name; Contact; Vollständiger Name; Kontakt; Kontaktname;
            Ansprechpartner; Ansprechpartnerin; Anzeigename; Nom; Nom complet; Nom du contact; Nombre; Nombre completo; Nombre del contacto; Contacto; 氏名; 名前; 表示名; フル ネーム
            """),
        (ImportField.Company, """
            Company; Company name; Account; Account name; Company / Account; Organization; Organisation; Organization - Name; Person - Organization; Organization name; Employer;
            Parent account; Parent customer; parentcustomerid; Associated company; Primary associated company; Associated company (Primary); Primary company; Business name;
            Firma; Firmenname; Unternehmen; Unternehmensname; Name des Unternehmens; Organisationsname; Kontoname; Société; Nom de la société; Entreprise; Nom de l'entreprise;
            Nom du compte; Compte; Empresa; Nombre de la empresa; Compañía; Organización; Nombre de la organización; Nombre de la compañía; Cuenta; Nombre de la cuenta; 会社名; 会社; 企業名; 勤務先
            """),
        (ImportField.Domain, """
            Domain; Company domain; Company domain name; Domain name; Website; Web site; Website URL; websiteurl; Company website; Web page; Homepage; URL; Organization - Website;
            Business homepage; Domäne; Firmendomain; Unternehmensdomain; Domainname des Unternehmens; Webseite; Internetseite; Site web; Site internet; Page web; Domaine; Nom de domaine de l'entreprise;
            Dominio; Nombre de dominio de la empresa; Sitio web; Página web; URL del sitio web; Web ページ; ウェブサイト; ホームページ; ドメイン
            """),
        (ImportField.Phone, """
            Phone; Phone number; Telephone; Telephone number; Tel; Phone 1; Telephone 1; Telephone 2; Telephone 3; Business phone; Business phone 2; Work phone; Office phone; Main phone;
            Company main phone; Primary phone; Home phone; Home phone 2; Other phone; Phone - Work; Phone - Home; Phone - Other; Phone (Work); Phone (Home); Person - Phone - Work; Direct phone; Direct dial; Phone 2; Phone 3;
            Telefon; Telefonnummer; Telefon 1; Telefon geschäftlich; Telefon geschäftlich 2; Telefon (geschäftlich); Telefon (Zentrale); Telefon Firma; Haupttelefon; Telefon privat; Telefon (privat); Weiteres Telefon; Rufnummer; Durchwahl; Telefon - Arbeit;
            Téléphone; Numéro de téléphone; Tél; Téléphone bureau; Téléphone (bureau); Téléphone 2 (bureau); Téléphone société; Téléphone principal; Téléphone (domicile); Téléphone professionnel; Autre téléphone;
            Teléfono; Número de teléfono; Teléfono del trabajo; Teléfono del trabajo 2; Teléfono trabajo; Teléfono principal; Teléfono de la compañía; Teléfono particular; Otro teléfono; Teléfono de la oficina;
            会社電話; 会社電話 1; 会社電話 2; 会社代表電話; 電話; 電話番号; 通常の電話; 自宅電話; 自宅電話 1; その他の電話
            """),
        (ImportField.Mobile, """
            Mobile; Mobile phone; Mobile number; Mobile phone number; Cell; Cell phone; Cell phone number; Cellular; Phone - Mobile; Phone (Mobile); Person - Phone - Mobile; WhatsApp phone number;
            Mobil; Mobiltelefon; Mobiltelefonnummer; Mobilnummer; Handy; Handynummer; Telefon mobil; Telefon - Mobil; Mobile Rufnummer; Portable; Tél. mobile; Téléphone mobile; Téléphone portable; Numéro de portable; Numéro de téléphone mobile;
            Móvil; Teléfono móvil; Número de móvil; Número de teléfono móvil; Celular; Teléfono celular; 携帯電話; 携帯; 携帯電話番号; 携帯番号
            """),
        (ImportField.Status, """
            Status; Lead status; hs_lead_status; Contact status; Status reason; statuscode; statecode; Account status; Stage; Deal stage; Label; Labels; Person - Label; Lead label; Rating;
            Lead-Status; Leadstatus; Statusgrund; Phase; Bezeichnung; Statut; Statut du lead; Statut de la piste; Raison du statut; Étiquette; Estado; Estado del lead; Estado del prospecto; Razón para el estado; Etiqueta; 状態; ステータス; リード ステータス
            """),
        (ImportField.Lifecycle, """
            Lifecycle stage; Lifecycle; Life cycle stage; Customer status; Lifecycle-Phase; Lebenszyklusphase; Lebenszyklus; Phase du cycle de vie; Étape du cycle de vie; Cycle de vie;
            Etapa del ciclo de vida; Ciclo de vida; ライフサイクル ステージ
            """),
        (ImportField.Type, """
            Type; Kind; Contact type; Account type; Company type; Customer type; customertypecode; Relationship type; Relationship; Lead type; Typ; Art; Kontotyp; Kontakttyp; Kundentyp; Beziehungstyp; Beziehung;
            Type de contact; Type de compte; Type de relation; Tipo; Tipo de contacto; Tipo de cuenta; Tipo de relación; 種類; 種別; 取引先種別
            """),
        (ImportField.TimeZone, """
            Time zone; Timezone; hs_timezone; Time zones; Zeitzone; Fuseau horaire; Zona horaria; Huso horario; タイム ゾーン; タイムゾーン
            """),
        (ImportField.Country, """
            Country; Country/Region; Country code; Mailing country; Billing country; Business country; Business country/region; address1_country; Address 1: Country/Region; Country/Territory; Mailing country/territory;
            Land; Land/Region; Land/Region geschäftlich; Ländercode; Pays; Pays/Région; Pays/Région (bureau); País; País/Región; País o región; País o región del trabajo; 国; 国/地域; 国 (地域)/勤務先; 国 / 地域 (会社)
            """),
        (ImportField.DoNotCall, """
            Do not call; Do not phone; Do not allow phone calls; donotphone; DNC; No calls; Opted out of calls; Call opt out; Phone opt out; Nicht anrufen; Keine Anrufe; Anrufe nicht zulassen; Telefonanrufe nicht zulassen; Anrufsperre;
            Ne pas appeler; Ne pas autoriser les appels téléphoniques; No llamar; No permitir llamadas telefónicas; No permitir llamadas; 電話禁止; 電話不可
            """),
        (ImportField.Id, """
            Id; Record ID; Contact ID; Lead ID; Account ID; External ID; External_Id__c; hs_object_id; contactid; leadid; Person - ID; Organization - ID; Datensatz-ID; ID de la fiche; ID de registro; ID d'enregistrement
            """),
    ];

    private static readonly Dictionary<string, ImportField> ByName = Index();

    /// <summary>The words that exports put before the name of a person's column.</summary>
    private static readonly string[] Owners = ["contacts", "contact", "leads", "lead", "person"];

    /// <summary>What a column with this header says; null when its name is not known.</summary>
    public static ImportField? FieldOf(string? header)
    {
        var key = Key(header);
        if (ByName.TryGetValue(key, out var field))
        {
            return field;
        }

        var owner = Array.Find(Owners, x => key.Length > x.Length && key.StartsWith(x, StringComparison.Ordinal));
        return owner is not null && ByName.TryGetValue(key[owner.Length..], out field) ? field : null;
    }

    /// <summary>A header as it is compared: letters and digits alone, without case, accents and forms.</summary>
    public static string Key(string? header)
    {
        var key = new StringBuilder();
        foreach (var c in SearchText.Fold(header))
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(c);
            }
        }

        return key.ToString();
    }

    private static Dictionary<string, ImportField> Index()
    {
        var index = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        foreach (var (field, names) in Known)
        {
            foreach (var name in names.Split(';'))
            {
                index.TryAdd(Key(name), field);
            }
        }

        return index;
    }
}
