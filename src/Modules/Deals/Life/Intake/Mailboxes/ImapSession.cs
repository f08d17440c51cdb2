using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>Where the mailbox is, and how one gets in.</summary>
internal sealed record MailboxDoor(string Host, int Port, MailboxSecurity Security, string User, string Password, string Folder, string? DoneFolder);

/// <summary>
/// One visit to a mailbox by IMAP (RFC 9051), and the only place that knows the library. Every step has a limit of time; what the server refuses, or the network, is a problem in words for people.
/// </summary>
internal sealed class ImapSession(TimeProvider clock) : IAsyncDisposable
{
    public static readonly TimeSpan LimitToOpen = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LimitOfStep = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LimitToLeave = TimeSpan.FromSeconds(5);
    private readonly ImapClient _client = new();
    private IMailFolder _folder = null!;
    private IMailFolder? _done;

    /// <summary>The generation of the folder's numbers: another one makes all of them new.</summary>
    public long Validity => _folder.UidValidity;

    /// <summary>Signs in and opens the folder.</summary>
    public static async Task<Result<ImapSession>> OpenAsync(Outbound outbound, TimeProvider clock, MailboxDoor door, CancellationToken ct)
    {
        var session = new ImapSession(clock);
        var opened = await session.WithinAsync(LimitToOpen, t => session.EnterAsync(outbound, door, t), ct);
        if (opened.Ok && session._folder.Access == FolderAccess.ReadWrite) return session;
        await session.DisposeAsync();
        return opened.Problem ?? MailboxProblems.OnlyToRead();
    }

    /// <summary>The numbers of the unread messages that came on this day or later.</summary>
    public Task<Result<List<long>>> UnseenAsync(DateTime since, CancellationToken ct) => WithinAsync(LimitOfStep, async t =>
        (await _folder.SearchAsync(SearchQuery.NotSeen.And(SearchQuery.NotDeleted).And(SearchQuery.DeliveredAfter(since)), t)).Select(u => (long)u.Id).ToList(), ct);

    /// <summary>How large messages are, by number.</summary>
    public Task<Result<Dictionary<long, long>>> SizesAsync(IReadOnlyCollection<long> uids, CancellationToken ct) => WithinAsync(LimitOfStep, async t =>
        uids.Count == 0 ? [] : (await _folder.FetchAsync([.. uids.Select(Uid)], new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size), t)).ToDictionary(s => (long)s.UniqueId.Id, s => (long)(s.Size ?? 0)), ct);

    /// <summary>The message, at most so many bytes of it, still unread; none where it is gone.</summary>
    public Task<Result<byte[]>> ReadAsync(long uid, int most, CancellationToken ct) => WithinAsync(LimitOfStep, async t =>
    {
        try
        {
            await using var content = await _folder.GetStreamAsync(Uid(uid), 0, most, t);
            return await Body.BytesAsync(content, most, t) ?? [];
        }
        catch (MessageNotFoundException)
        {
            return [];
        }
    }, ct);

    /// <summary>It was taken in: marked as read, or moved away.</summary>
    public Task<Result<Done>> FinishAsync(long uid, CancellationToken ct) => WithinAsync(LimitOfStep, async t =>
    {
        if (_done is null) await _folder.StoreAsync(Uid(uid), new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { Silent = true }, t);
        else await _folder.MoveToAsync(Uid(uid), _done, t);
        return default(Done);
    }, ct);

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
            await WithinAsync(LimitToLeave, async t =>
            {
                await _client.DisconnectAsync(true, t);
                return default(Done);
            }, default);
        _client.Dispose();
    }

    private async Task<Done> EnterAsync(Outbound outbound, MailboxDoor door, CancellationToken ct)
    {
        var socket = await outbound.ConnectAsync(door.Host, door.Port, ct);
        try
        {
            await _client.ConnectAsync(socket, door.Host, door.Port, door.Security switch
            {
                MailboxSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailboxSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, ct);
        }
        finally
        {
            if (!_client.IsConnected) socket.Dispose();
        }

        await _client.AuthenticateAsync(door.User, door.Password, ct);
        _folder = await FolderAsync(door.Folder, ct);
        if (door.DoneFolder is { } done) _done = await FolderAsync(done, ct);
        await _folder.OpenAsync(FolderAccess.ReadWrite, ct);
        return default;
    }

    private async Task<IMailFolder> FolderAsync(string name, CancellationToken ct) =>
        name.Equals(Mailbox.Inbox, StringComparison.OrdinalIgnoreCase) && _client.Inbox is { } inbox ? inbox : await _client.GetFolderAsync(name, ct);

    private UniqueId Uid(long uid) => new(_folder.UidValidity, (uint)uid);

    private async Task<Result<T>> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> step, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return MailboxProblems.Silent((int)limit.TotalSeconds);
        }
        catch (Exception exception) when (Told(exception) is not null)
        {
            return Told(exception)!;
        }
    }

    // Closed, filtered and forbidden addresses have the same words: nobody learns the operator's network from them.
    private static Problem? Told(Exception exception) => exception switch
    {
        AuthenticationException => MailboxProblems.SignIn(),
        SslHandshakeException => MailboxProblems.NoTrust(),
        NotSupportedException => MailboxProblems.NoStartTls(),
        FolderNotFoundException missing => MailboxProblems.NoFolder(missing.FolderName),
        ImapCommandException { ResponseText: { Length: > 0 } said } => MailboxProblems.Refused(Text.Storable(said, 200)),
        CommandException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException => MailboxProblems.Unclear(),
        HttpRequestException or SocketException or IOException => MailboxProblems.Unreachable(),
        _ => null,
    };
}
