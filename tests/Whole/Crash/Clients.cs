using System.Collections.Concurrent;

namespace Trellis.Whole.Tests.Crash;

/// <summary>The tokens of those who write.</summary>
internal sealed record Tokens(IReadOnlyList<string> Partners, string Operations, string Finance, string Administrator);

/// <summary>
/// Several people at work: partners register, the vendor approves and wins, finance confirms and pays, somebody imports. Each has one open order at a
/// time and remembers every answer.
/// </summary>
internal sealed class Clients(Tokens tokens, string product, int seed)
{
    private readonly ConcurrentDictionary<string, Order> _open = new();
    private readonly ConcurrentQueue<string> _inReview = new();
    private readonly ConcurrentQueue<string> _approved = new();
    private readonly ConcurrentQueue<string> _payouts = new();
    private readonly ConcurrentQueue<string> _uploaded = new();
    private int _next;

    /// <summary>Everything that was promised to be written.</summary>
    public ConcurrentQueue<Reply> Acknowledged { get; } = new();

    /// <summary>Answers that should not be.</summary>
    public ConcurrentQueue<Reply> Faults { get; } = new();

    /// <summary>The state in which each deal must be.</summary>
    public ConcurrentDictionary<string, string> Deals { get; } = new();

    /// <summary>The imports whose dry run was ordered.</summary>
    public ConcurrentQueue<string> Imports { get; } = new();

    /// <summary>Works until the server is gone.</summary>
    public async Task WorkAsync(string address, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        List<Task> all = [];
        for (var i = 0; i < 3; i++) all.Add(WorkAsync(http, $"partner {i}", Register, ct));
        all.Add(WorkAsync(http, "approver", Approve, ct));
        all.Add(WorkAsync(http, "closer", Win, ct));
        all.Add(WorkAsync(http, "finance", Pay, ct));
        all.Add(WorkAsync(http, "importer", Import, ct));
        await Task.WhenAll(all);
    }

    /// <summary>Sends what is still open, until everything has an answer.</summary>
    public async Task FinishAsync(string address)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        foreach (var (who, order) in _open.ToArray())
        {
            Reply? reply = null;
            for (var i = 0; i < 20 && reply is null; i++) reply = await order.SendAsync(http, CancellationToken.None);
            reply.ShouldNotBeNull($"{order.Kind} gets no answer");
            Note(reply);
            _open.Remove(who, out _);
        }
    }

    private async Task WorkAsync(HttpClient http, string who, Func<Order?> next, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (!_open.TryGetValue(who, out var order))
            {
                order = next();
                if (order is not null) _open[who] = order;
            }

            if (order is not null && await order.SendAsync(http, ct) is { } reply)
            {
                Note(reply);
                _open.Remove(who, out _);
            }
            else
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private Order Register()
    {
        var number = Interlocked.Increment(ref _next);
        // Names that nobody takes for one another.
        var chance = new Random(seed + number);
        var name = new string([.. Enumerable.Range(0, 14).Select(_ => (char)('a' + chance.Next(26)))]);
        return Order.Of("register", tokens.Partners[number % tokens.Partners.Count], "/deals", new
        {
            customerName = $"Crash {name}", customerDomain = $"{name}.example", country = "DE", product, amount = 1_000_00L + number, expectedClose = DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-dd"),
            contactName = "Kim Contact", contactEmail = $"kim@{name}.example", workDone = "Two workshops with the whole team and a proof of concept.",
        });
    }

    private Order? Approve() => _inReview.TryDequeue(out var deal) ? Order.Of("approve", tokens.Operations, $"/deals/{deal}/approve", new { newCustomer = true }, deal) : null;

    private Order? Win() => _approved.TryDequeue(out var deal) ? Order.Of("win", tokens.Operations, $"/deals/{deal}/win", new { amount = 123_456L }, deal) : null;

    // Mostly given up again, so that there is something to pay next time.
    private Order Pay() => !_payouts.TryDequeue(out var payout) ? Order.Of("payout", tokens.Finance, "/payouts", new { currency = "USD" })
        : Convert.ToInt32(payout[^1..], 16) < 13 ? Order.Of("cancel", tokens.Finance, $"/payouts/{payout}/cancel", new { })
        : Order.Of("settle", tokens.Finance, $"/payouts/{payout}/settle", new { reference = "Crash" });

    private Order Import() => _uploaded.TryDequeue(out var import) ? Order.Of("dry-run", tokens.Administrator, $"/imports/{import}/dry-run", new { }, import)
        : new Order("upload", tokens.Administrator, "/imports/?kind=accounts&name=crash.csv",
            "name,domain,country\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"Import {i},import{i}.example,DE\n")), ContentType: "text/csv");

    private void Note(Reply reply)
    {
        if (!reply.Done)
        {
            // Nothing payable at the moment is an answer; everything else was possible when it was ordered.
            if (reply.Status != 409 || reply.Order.Kind != "payout") Faults.Enqueue(reply);
            return;
        }

        Acknowledged.Enqueue(reply);
        var id = (string?)reply.Json["id"];
        switch (reply.Order.Kind)
        {
            case "register" or "approve" or "win":
                var state = (string)reply.Json["state"]!;
                Deals[id!] = state;
                if (state == "in_review") _inReview.Enqueue(id!);
                if (state == "approved") _approved.Enqueue(id!);
                break;
            case "payout":
                _payouts.Enqueue((string)reply.Json["payout"]!["id"]!);
                break;
            case "upload":
                _uploaded.Enqueue(id!);
                break;
            case "dry-run":
                Imports.Enqueue(reply.Order.Record!);
                break;
        }
    }
}
