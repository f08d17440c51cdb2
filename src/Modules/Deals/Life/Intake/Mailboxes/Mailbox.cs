using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>How the way to the mail server is kept from others.</summary>
internal enum MailboxSecurity
{
    /// <summary>TLS from the first byte, mostly on port 993.</summary>
    Tls,

    /// <summary>TLS before anybody signs in, mostly on port 143; refused where the server does not offer it.</summary>
    StartTls,

    /// <summary>None: only within the operator's own network.</summary>
    None,
}

/// <summary>The mailbox to which partners forward mail; one of a company, or none.</summary>
internal sealed class Mailbox : ITenantOwned, IVersioned
{
    public const string Inbox = "INBOX";

    public TenantId TenantId { get; init; }
    public required string Host { get; set; }
    public int Port { get; set; }
    public MailboxSecurity Security { get; set; }
    public required string UserName { get; set; }

    /// <summary>The password, sealed with the installation's keys.</summary>
    [Secret]
    public required string SealedPassword { get; set; }

    public string Folder { get; set; } = Inbox;

    /// <summary>Where a mail goes that was taken in; null: it stays and is marked as read.</summary>
    public string? DoneFolder { get; set; }

    public bool IsOn { get; set; }

    /// <summary>When it was switched on: older mails are left as they are.</summary>
    public DateTime Since { get; set; }

    public long Version { get; set; }
}

/// <summary>How the mailbox was read last.</summary>
internal sealed class MailboxReading : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime At { get; set; }

    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Problem { get; set; }

    /// <summary>How often in a row it could not be read.</summary>
    public int Faults { get; set; }

    /// <summary>When it is tried again, after a fault.</summary>
    public DateTime? NextAt { get; set; }
}

/// <summary>Names a message of the mailbox.</summary>
internal readonly record struct MailboxMessageId(Guid Value) : ITypedId<MailboxMessageId>
{
    public static string Prefix => "mbm";
    public static MailboxMessageId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MailboxMessageId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum MailboxMessageState
{
    /// <summary>It is being read, or its reading was cut off.</summary>
    InHand,

    /// <summary>It could not be taken in; a person looks.</summary>
    Parked,

    /// <summary>A person has said that nothing shall be made of it; it is marked as done when the mailbox is read next.</summary>
    Left,
}

/// <summary>
/// A message of the mailbox that is in hand or could not be taken in. The attempt is counted before it is begun, so that a message which ends the process is not tried for ever. Of what was taken in
/// nothing stays here.
/// </summary>
internal sealed class MailboxMessage : ITenantOwned, IUnaudited
{
    public const int MostAttempts = 3;

    public TenantId TenantId { get; init; }
    public MailboxMessageId Id { get; init; }

    /// <summary>The generation of the folder's numbers, and the number in it (RFC 9051).</summary>
    public long Validity { get; init; }

    public long Uid { get; init; }
    public MailboxMessageState State { get; private set; }
    public int Attempts { get; private set; }
    public string? FromAddress { get; private set; }
    public string Subject { get; private set; } = "";
    public long Bytes { get; init; }
    public string? Reason { get; private set; }
    public DateTime At { get; private set; }

    public void Begin(DateTime at) => (Attempts, At) = (Attempts + 1, at);

    public void Park(string? from, string subject, string reason, DateTime at) => (State, FromAddress, Subject, Reason, At) = (MailboxMessageState.Parked, from, subject, reason, at);

    public void Leave(DateTime at) => (State, At) = (MailboxMessageState.Left, at);
}

internal static class MailboxTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        model.Owned<Mailbox>("deals_mailbox", m => new { m.TenantId }).HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners);
        model.Owned<MailboxReading>("deals_mailbox_reading", r => new { r.TenantId }).HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners);
        var message = model.Owned<MailboxMessage>("deals_mailbox_message", m => new { m.TenantId, m.Id });
        message.HasIndex(m => new { m.TenantId, m.Validity, m.Uid }).IsUnique();
        message.HasIndex(m => new { m.TenantId, m.State, m.Id });
        message.HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners);
    }
}
