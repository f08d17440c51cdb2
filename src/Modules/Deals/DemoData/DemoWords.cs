namespace Trellis.Deals.DemoData;

/// <summary>The words that the demo's deals are made of.</summary>
internal static class DemoWords
{
    private static readonly string[] First =
        ["Anna", "Ben", "Carla", "David", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jakob", "Karin", "Liam", "Mina", "Nils", "Olga", "Pedro", "Rahel", "Stefan", "Tara", "Umar", "Vera", "Wim", "Yara", "Zoe"];

    private static readonly string[] Last =
        ["Albers", "Bianchi", "Costa", "Dubois", "Eriksen", "Fuchs", "Garcia", "Hansen", "Ito", "Jansen", "Kaya", "Laurent", "Meyer", "Novak", "Okoye", "Petrov", "Quist", "Rao", "Santos", "Takahashi", "Ulrich", "Vargas", "Weber", "Zhang"];

    private static readonly string[] Work =
    [
        "Discovery workshop with IT and the business; requirements are written down.", "Two demos, the second with the head of operations. Budget is in this year's plan.",
        "They asked us for an offer after the trade fair; first call held, follow-up agreed.", "We run their current system and proposed the change in the yearly review.",
        "Proof of concept with their own data; results presented to the steering group.", "Introduced by an existing customer; met the CIO and the project lead.",
        "Assessment done, business case agreed with finance.",
    ];

    private static readonly string[] Next =
        ["Send the offer.", "Technical deep dive with the architect.", "Workshop on site.", "Reference call.", "Present the business case to the board.", "Security questionnaire.", "Agree on the pilot's scope."];

    private static readonly string[] Lost =
        ["Chose a competitor on price.", "The project was stopped.", "Decided to build it themselves.", "Budget moved to next year.", "No decision; the sponsor left.", "Existing contract was prolonged."];

    private static readonly string[] Questions =
        ["Who is your contact, and have you met in person?", "Which of their companies signs the contract?", "What have you agreed as the next step, and when?", "Is this the same project as the one of last year?"];

    private static readonly string[] Shared =
        ["The customer has confirmed the budget. Shall we plan the demo together?", "I can join the call on Thursday.", "Our pre-sales engineer is free next week.", "Offer sent; decision expected in two weeks.", "Thank you, that helped. Legal has the contract now."];

    private static readonly string[] Internal =
        ["Checked with the account owner: no objection.", "Price pressure expected; keep the discount below 15 %.", "The sponsor knows our executive; ask Elena for a call if it slips."];

    public static string Person(Random chance) => $"{Pick(First, chance)} {Pick(Last, chance)}";

    public static string WorkDone(Random chance) => Pick(Work, chance);

    public static string NextStep(Random chance) => Pick(Next, chance);

    public static string LostTo(Random chance) => Pick(Lost, chance);

    public static string Question(Random chance) => Pick(Questions, chance);

    public static string Comment(Random chance, bool shared) => Pick(shared ? Shared : Internal, chance);

    public static string Mail(string name, string? domain) => $"{name.ToLowerInvariant().Replace(' ', '.')}@{domain ?? "mail.example"}";

    private static string Pick(string[] of, Random chance) => of[chance.Next(of.Length)];
}
