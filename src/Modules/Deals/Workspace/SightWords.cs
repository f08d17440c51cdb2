namespace Trellis.Deals.Workspace;

/// <summary>What a level shows and allows, in words made of its parts: invitation, agreement, page and help say the same.</summary>
internal static class SightWords
{
    private static readonly DealPart[] Written = [DealPart.Messages, DealPart.Tasks, DealPart.Plan, DealPart.Committee, DealPart.Files];

    /// <summary>What is shown.</summary>
    public static string Shows(int parts)
    {
        const int numbers = 1;
        if (parts == 0) return "Customer, product, status with its dates, team, and whom to ask";
        if (parts == numbers) return "The basics, and how many tasks, messages, files and people at the customer there are";
        if (parts == Summary) return "The basics, amount, dates, next step, history, plan, tasks and messages";
        return Read(parts) == Read(PartBits.All) ? "All of the summary, and the buying committee and files" : $"The basics, and of the rest: {List(Read(parts))}";
    }

    /// <summary>What is allowed, for a partner or for the vendor's direct team.</summary>
    public static string Allows(int parts, bool direct = false)
    {
        var written = parts & PartBits.Of(Written);
        if (written == 0) return direct ? "Writes nothing." : "Finishes tasks that it is given; writes nothing else.";
        if (written == (Summary & PartBits.Of(Written))) return "Writes messages, tasks and the plan.";
        return written == PartBits.Of(Written) ? "Writes messages, tasks, plan and buying committee, and adds files." : $"Writes of these: {List(written)}.";
    }

    /// <summary>Both, as an invited partner reads it before it accepts.</summary>
    public static string Promise(int parts)
    {
        const int numbers = 1;
        if (parts == 0) return "You will see customer, product, status with its dates, team, and whom to ask. You finish tasks that you are given, and write nothing else.";
        if (parts == numbers) return "You will see the basics, and how many tasks, messages, files and people at the customer there are. You finish tasks that you are given, and write nothing else.";
        if (parts == Summary) return "You will see the basics, amount, dates, next step, history, plan, tasks and messages. You write messages, tasks and the plan.";
        if (Read(parts) == Read(PartBits.All)) return "You will see all that is shared, with the buying committee and files. You write messages, tasks, plan and buying committee, and add files.";
        var (seen, written) = (List(Read(parts)), parts & PartBits.Of(Written));
        return written == 0 ? $"You will see the basics, and of the rest: {seen}. You finish tasks that you are given, and write nothing else."
            : $"You will see the basics, and of the rest: {seen}. You write of these: {List(written)}.";
    }

    /// <summary>A part by itself.</summary>
    public static string Name(DealPart part) => part switch
    {
        DealPart.Numbers => "How much there is",
        DealPart.Figures => "Amount, dates and next step",
        DealPart.History => "History",
        DealPart.Messages => "Messages",
        DealPart.Tasks => "Tasks",
        DealPart.Plan => "Mutual action plan",
        DealPart.Committee => "Buying committee",
        DealPart.Files => "Files",
        _ => "Agreements",
    };

    // Agreements of others are the holder's and the vendor's, whatever a level promises.
    private static int Read(int parts) => parts & ~PartBits.Of(DealPart.Agreements) & ~PartBits.Of(DealPart.Numbers);

    private static int Summary { get; } = SightTable.Delivered.Parts(Published.DealVisibility.Summary);

    private static string List(int parts) => string.Join(", ", Enum.GetValues<DealPart>().Where(p => (parts & PartBits.Of(p)) != 0).Select(Word));

    // Each without a comma: a list is told again in another language word by word.
    private static string Word(DealPart part) => part switch
    {
        DealPart.Figures => "amount with dates and next step",
        DealPart.History => "the history",
        DealPart.Messages => "messages",
        DealPart.Tasks => "tasks",
        DealPart.Plan => "the plan",
        DealPart.Committee => "the buying committee",
        _ => "files",
    };
}
