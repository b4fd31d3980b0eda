using InboxGate.Core.Senders;

namespace InboxGate.Core.Prospects;

/// <summary>
/// What the words of other programs for a lead's status, a contact's stage in life or an account's type make of somebody.
/// HubSpot, Salesforce, Dynamics 365 and Pipedrive as they come, in English, German, French, Spanish and Japanese.
/// </summary>
public static class StatusWords
{
    private static readonly (SenderKind Kind, string Words)[] Known =
    [
        (SenderKind.Prospect, """
            Prospect; Lead; Subscriber; Marketing qualified lead; MQL; Sales qualified lead; SQL; Opportunity; New; Open; In progress; Open deal; Attempted to contact; Attempting to contact; Connected; Contacted; Contact in future;
            Open - Not contacted; Working - Contacted; Working; Nurturing; Nurture; Qualified; Target; Hot; Warm; Cold; Hot lead; Warm lead; Cold lead; Potential customer; Prospective customer; Candidate;
            Interessent; Interessentin; Abonnent; Marketing-qualifizierter Lead; Vertriebsqualifizierter Lead; Verkaufschance; Opportunität; Neu; Offen; In Bearbeitung; Kontaktiert; Qualifiziert; Potenzieller Kunde; Neukunde;
            Piste; Abonné; Lead qualifié marketing; Opportunité; Nouveau; Ouvert; En cours; Contacté; Qualifié; Client potentiel;
            Prospecto; Suscriptor; Lead calificado; Oportunidad; Nuevo; Abierto; En curso; Contactado; Calificado; Cliente potencial; 見込み客; 見込客; リード; 商談; 新規
            """),
        (SenderKind.Customer, """
            Customer; Client; Evangelist; Active customer; Existing customer; Current customer; Customer - Direct; Customer - Channel; Closed won; Won; Kunde; Kundin; Bestandskunde; Gewonnen; Cliente; Cliente activo; Ganado; Ganada;
            Client actif; Cliente actual; Gagné; Gagnée; Évangéliste; Evangelista; Fürsprecher; 顧客; 既存顧客; お客様; 得意先
            """),
        (SenderKind.Other, """
            Other; Unqualified; Disqualified; Bad timing; Lost; Closed lost; Closed - Not converted; Not interested; No interest; Not a prospect; Dead; Junk; Inactive; Former customer; Past customer; Lost customer; Ex-customer; Churned;
            Partner; Channel partner / Reseller; Reseller; Technology partner; Installation partner; Vendor; Supplier; Competitor; Investor; Press; Influencer; Integrator; Distributor;
            Sonstiges; Sonstige; Andere; Unqualifiziert; Nicht qualifiziert; Disqualifiziert; Verloren; Kein Interesse; Falscher Zeitpunkt; Inaktiv; Ehemaliger Kunde; Lieferant; Wettbewerber; Konkurrent; Presse;
            Autre; Non qualifié; Disqualifié; Perdu; Perdue; Pas intéressé; Mauvais timing; Inactif; Ancien client; Partenaire; Fournisseur; Concurrent; Revendeur;
            Otro; Otra; No calificado; Descalificado; Perdido; Perdida; No interesado; Mal momento; Inactivo; Antiguo cliente; Socio; Proveedor; Competidor; その他; 対象外; 失注; 仕入先; パートナー; 競合
            """),
        (SenderKind.Colleague, "Colleague; Employee; Kollege; Kollegin; Mitarbeiter; Collègue; Employé; Colega; Empleado; 同僚; 社員"),
        (SenderKind.Vip, "VIP"),
        // Our own word; it is refused where it stands.
        (SenderKind.Automated, "Automated"),
    ];

    private static readonly Dictionary<string, SenderKind> ByWord = Known
        .SelectMany(x => x.Words.Split(';').Select(word => (Word: ColumnNames.Key(word), x.Kind)))
        .DistinctBy(x => x.Word)
        .ToDictionary(x => x.Word, x => x.Kind, StringComparer.Ordinal);

    /// <summary>The kinds from the one that says most: who buys already is a customer, whatever became of the last lead.</summary>
    private static readonly SenderKind[] Strongest = [SenderKind.Automated, SenderKind.Vip, SenderKind.Colleague, SenderKind.Customer, SenderKind.Other, SenderKind.Prospect];

    /// <summary>What one word says; null when it is not known or says nothing.</summary>
    public static SenderKind? KindOf(string? word) => ByWord.TryGetValue(ColumnNames.Key(word), out var kind) ? kind : null;

    /// <summary>What several columns of one row say together.</summary>
    public static SenderKind? Together(IEnumerable<SenderKind?> said)
    {
        var kinds = said.OfType<SenderKind>().ToHashSet();
        return kinds.Count == 0 ? null : Strongest.First(kinds.Contains);
    }

    private static readonly HashSet<string> Nos = [.. "0; false; f; no; n; nein; non; falsch; faux; falso; allow; allowed; zulassen; autoriser; permitir; いいえ; off; -"
        .Split(';').Select(ColumnNames.Key)];

    /// <summary>Whether a cell of a column about not calling forbids it: anything that is not a no does. Null when it is empty.</summary>
    public static bool? Forbids(string? cell) => string.IsNullOrWhiteSpace(cell) ? null : !Nos.Contains(ColumnNames.Key(cell));
}
