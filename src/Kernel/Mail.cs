namespace Trellis.Kernel;

/// <summary>Names a mail.</summary>
public readonly record struct MailId(Guid Value) : ITypedId<MailId>
{
    public static string Prefix => "mail";
    public static MailId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MailId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>Waits for the mail server; without one it stays here and is read on the mailbox page.</summary>
    Waiting,
    Sent,

    /// <summary>The mail server refused it for good, or was tried in vain for too long; its words are kept.</summary>
    Failed,
}

/// <summary>A mail, written in the transaction that caused it.</summary>
public sealed class MailRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public MailId Id { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }

    /// <summary>Plain text; a line that is a link stands alone.</summary>
    public required string Body { get; init; }

    public MailState State { get; set; }
    public int Attempts { get; set; }
    public DateTime NextAttemptAt { get; set; }
    /// <summary>What the mail server said at the last failure, in its own words.</summary>
    public string? LastError { get; set; }

    /// <summary>The address that ends mails of this kind; null where the mail belongs to something that the reader has begun.</summary>
    public string? Unsubscribe { get; init; }

    /// <summary>Until when one node has it in hand.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>The partner for which a partner's person is written to; null for mails to the vendor's people and for what concerns a person alone.</summary>
    public PartnerId? PartnerId { get; init; }

    public DateTime? SentAt { get; set; }
    public DateTime CreatedAt { get; init; }
}

/// <summary>Knows in which language the person behind an address reads; a module plugs it in.</summary>
public interface IReaderLanguage
{
    /// <summary>The code of the language, or null where nobody has chosen one.</summary>
    string? Of(TenantId tenant, string email);
}

/// <summary>Writes mails into the open transaction, each in its reader's language.</summary>
public sealed class Post(Work work, IEnumerable<IReaderLanguage> readers)
{
    /// <summary>Queues one mail. Line breaks in address or subject are a bug of the caller and are refused.</summary>
    /// <param name="unsubscribe">The address that ends mails of this kind, for all that the reader has not asked for.</param>
    /// <param name="partner">The partner for which the reader gets it: it stands in that partner's history, which the vendor's people read.</param>
    public void Send(string to, string subject, string body, string? unsubscribe = null, PartnerId? partner = null)
    {
        if (to.AsSpan().IndexOfAny('\r', '\n') >= 0 || subject.AsSpan().IndexOfAny('\r', '\n') >= 0)
            throw new ArgumentException("A mail header may not contain a line break.", nameof(subject));
        // Who writes a mail is another person than its reader, or a job: the words are English until here.
        if (readers.Select(r => r.Of(work.Tenant, to)).FirstOrDefault(code => code is not null) is { } code && Languages.Find(code) is { Catalogue: { } catalogue } language)
            (subject, body) = (catalogue.Retell(subject, language.Culture), catalogue.Retell(body, language.Culture));
        work.Db.Add(new MailRow
        {
            TenantId = work.Tenant,
            Id = work.NewId<MailId>(),
            To = to,
            Subject = subject,
            Body = Signed(body),
            Unsubscribe = unsubscribe,
            PartnerId = partner,
            NextAttemptAt = work.Now,
            CreatedAt = work.Now,
        });
    }

    // "-- " is how mail programs know a signature (RFC 3676, section 4.3).
    private string Signed(string body) => work.Settings is { Imprint: { } imprint } own ? $"{body.TrimEnd()}\n\n-- \n{own.Name}\n{imprint}" : body;
}
