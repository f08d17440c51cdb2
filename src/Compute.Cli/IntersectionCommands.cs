using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Trellis.Compute.Intersection;
using Trellis.Compute.Matching;
using Trellis.Compute.Tables;

namespace Trellis.Compute.Cli;

/// <summary><c>compute psi</c>: private set intersection by files that two parties exchange. The guide says who runs what, and what stays secret.</summary>
internal static class IntersectionCommands
{
    private static readonly Argument<string> List = new("list") { Description = "CSV with the column item (or else the first column) and, for payloads, the column payload." };
    private static readonly Option<string> Secret = new("--secret") { Description = "File with this party's secret; made if absent.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "File for the message to send.", Required = true };
    private static readonly Option<bool> AsDomains = new("--domains") { Description = "Reduce items to registrable domains; else they are trimmed and lower-cased. Both parties must choose alike." };
    private static readonly Option<PsiMode> Mode = new("--mode") { Description = "Count, Intersection or Payload.", DefaultValueFactory = _ => PsiMode.Intersection };

    public static Command Create() => new("psi", "Private set intersection: two parties learn what their lists share, and nothing else of them but the sizes.")
    {
        Setup(), Request(), Answer(), Finish(), FastOffer(), FastTable(), FastAnswer(), FastFinish(),
    };

    private static Command Setup() => Step("setup", "Sender, once for a list: mask it.", [List, Secret, Mode, AsDomains, Out], (result, cancel) =>
    {
        var (items, payloads) = Read(result, result.GetValue(Mode));
        if (result.GetValue(Mode) == PsiMode.Count) throw new FormatException("A count needs a new secret for each request: use 'answer --list … --mode Count', which makes setup and response together.");
        Save(result, EcdhPsiSender.Create(items, result.GetValue(Mode), SecretOf(result), payloads, Options(cancel)).Setup);
    });

    private static Command Request() => Step("request", "Receiver: mask your list.", [List, Secret, AsDomains, Out], (result, cancel) =>
        Save(result, EcdhPsiReceiver.Create(Read(result, PsiMode.Intersection).Items, SecretOf(result), Options(cancel)).Request));

    private static Command Answer()
    {
        var request = new Argument<string>("request") { Description = "The receiver's message." };
        var setup = new Option<string>("--setup") { Description = "The setup message: read, or with --list written.", Required = true };
        var list = new Option<string?>("--list") { Description = "The list itself, to make setup and response together with a secret that is used once." };
        var secret = new Option<string?>("--secret") { Description = "File with the secret of the setup; not with --list." };
        return Step("answer", "Sender: answer a request.", [request, setup, list, secret, Mode, AsDomains, Out], (result, cancel) =>
        {
            EcdhPsiSender sender;
            if (result.GetValue(list) is { } file)
            {
                var (items, payloads) = ReadFile(file, result.GetValue(AsDomains), result.GetValue(Mode));
                sender = EcdhPsiSender.Create(items, result.GetValue(Mode), RandomNumberGenerator.GetBytes(32), payloads, Options(cancel));
                File.WriteAllBytes(result.GetValue(setup)!, sender.Setup);
            }
            else
            {
                var kept = result.GetValue(secret) ?? throw new FormatException("Give --secret, or --list to answer once without one.");
                sender = EcdhPsiSender.Resume(ReadSecret(kept), File.ReadAllBytes(result.GetValue(setup)!));
            }

            Save(result, sender.Answer(File.ReadAllBytes(result.GetValue(request)!), Options(cancel)));
        });
    }

    private static Command Finish()
    {
        var setup = new Option<string>("--setup") { Description = "The sender's setup message.", Required = true };
        var response = new Option<string>("--response") { Description = "The sender's response.", Required = true };
        return Step("finish", "Receiver: read the result.", [List, Secret, AsDomains, setup, response], (result, cancel) =>
        {
            var items = Read(result, PsiMode.Intersection).Items;
            var receiver = EcdhPsiReceiver.Create(items, SecretOf(result), Options(cancel));
            Print(result, items, receiver.Finish(File.ReadAllBytes(result.GetValue(setup)!), File.ReadAllBytes(result.GetValue(response)!), Options(cancel)));
        });
    }

    private static Command FastOffer() => Step("fast-offer", "Fast protocol, sender: begin a run.", [Secret, Mode, Out], (result, _) =>
    {
        if (File.Exists(result.GetValue(Secret))) throw new FormatException("The fast protocol needs a new secret for each run: name a file that does not exist yet.");
        Save(result, new OkvsPsiSender([], result.GetValue(Mode), SecretOf(result), result.GetValue(Mode) == PsiMode.Payload ? [] : null).Offer);
    });

    private static readonly Option<string> Offer = new("--offer") { Description = "The sender's offer.", Required = true };

    private static Command FastTable() => Step("fast-table", "Fast protocol, receiver: mask your list.", [List, Secret, AsDomains, Offer, Out], (result, cancel) =>
        Save(result, new OkvsPsiReceiver(Read(result, PsiMode.Intersection).Items, SecretOf(result), File.ReadAllBytes(result.GetValue(Offer)!), Options(cancel)).Table));

    private static Command FastAnswer()
    {
        var table = new Option<string>("--table") { Description = "The receiver's table.", Required = true };
        return Step("fast-answer", "Fast protocol, sender: answer the table and destroy the run's secret.", [List, Secret, Mode, AsDomains, table, Out], (result, cancel) =>
        {
            var (items, payloads) = Read(result, result.GetValue(Mode));
            var secret = ReadSecret(result.GetValue(Secret)!);
            var message = new OkvsPsiSender(items, result.GetValue(Mode), secret, payloads).Answer(File.ReadAllBytes(result.GetValue(table)!), Options(cancel));
            File.Delete(result.GetValue(Secret)!); // a second table under the same secret would reveal more than the intersection
            Save(result, message);
        });
    }

    private static Command FastFinish()
    {
        var tags = new Option<string>("--tags") { Description = "The sender's answer.", Required = true };
        return Step("fast-finish", "Fast protocol, receiver: read the result.", [List, Secret, AsDomains, Offer, tags], (result, cancel) =>
        {
            var items = Read(result, PsiMode.Intersection).Items;
            var receiver = new OkvsPsiReceiver(items, SecretOf(result), File.ReadAllBytes(result.GetValue(Offer)!), Options(cancel));
            Print(result, items, receiver.Finish(File.ReadAllBytes(result.GetValue(tags)!)));
        });
    }

    private static Command Step(string name, string description, Symbol[] symbols, Action<ParseResult, CancellationToken> work)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        command.SetAction((result, cancel) => Task.FromResult(CommandEdge.Run(result, () =>
        {
            work(result, cancel);
            return 0;
        })));
        return command;
    }

    private static PsiOptions Options(CancellationToken cancel) => new(0, new ProgressLine("masked"), cancel);

    private static (byte[][] Items, byte[][]? Payloads) Read(ParseResult result, PsiMode mode) => ReadFile(result.GetValue(List)!, result.GetValue(AsDomains), mode);

    private static (byte[][] Items, byte[][]? Payloads) ReadFile(string file, bool domains, PsiMode mode)
    {
        var scanner = new CsvScanner(File.ReadAllBytes(file));
        if (!scanner.Read()) throw new FormatException($"{file} is empty: a header row was expected.");
        int item = 0, payload = -1;
        for (var c = 0; c < scanner.Count; c++)
            if (scanner.Text(c) is "item") item = c;
            else if (scanner.Text(c) is "payload") payload = c;
        if (mode == PsiMode.Payload && payload < 0) throw new FormatException($"{file} has no column payload.");
        var items = new List<byte[]>();
        var payloads = new List<byte[]>();
        while (scanner.Read())
        {
            var text = scanner.Text(item);
            text = domains ? Domains.Registrable(text) ?? "" : text.Trim().Normalize().ToLowerInvariant();
            if (text.Length == 0) throw new FormatException($"{file}, row {scanner.Row}: no {(domains ? "domain" : "item")} here.");
            items.Add(Encoding.UTF8.GetBytes(text));
            if (mode == PsiMode.Payload) payloads.Add(Encoding.UTF8.GetBytes(scanner.Text(payload)));
        }

        return ([.. items], mode == PsiMode.Payload ? [.. payloads] : null);
    }

    private static byte[] SecretOf(ParseResult result)
    {
        var file = result.GetValue(Secret)!;
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return ReadSecret(file);
    }

    private static byte[] ReadSecret(string file)
    {
        var secret = File.ReadAllBytes(file);
        return secret.Length == 32 ? secret : throw new FormatException($"{file} is no secret: it should have 32 bytes.");
    }

    private static void Save(ParseResult result, byte[] message) => File.WriteAllBytes(result.GetValue(Out)!, message);

    private static void Print(ParseResult result, byte[][] items, PsiResult found)
    {
        Console.Error.WriteLine(found.Explanation);
        var output = result.InvocationConfiguration.Output;
        if (found.Mode == PsiMode.Count)
        {
            output.WriteLine($"count\n{found.Count}");
            return;
        }

        output.WriteLine(found.Mode == PsiMode.Payload ? "item,payload" : "item");
        for (var i = 0; i < found.Items.Count; i++)
        {
            output.Write(CommandEdge.Field(Encoding.UTF8.GetString(items[found.Items[i]])));
            output.WriteLine(found.Mode == PsiMode.Payload ? "," + CommandEdge.Field(Encoding.UTF8.GetString(found.Payloads[i])) : "");
        }
    }
}
