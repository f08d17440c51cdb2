using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>A reply that is given again when a caller repeats a request with the same key.</summary>
public sealed class IdempotentReply : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public PersonId Person { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of partner, method, path and body: the same key with other content is a mistake.</summary>
    public required string Request { get; init; }

    public int Status { get; init; }
    public string? Location { get; init; }
    public string? ETag { get; init; }
    public required string ContentType { get; init; }
    public required string Body { get; init; }
    public DateTime At { get; init; }
}

internal static class KernelTables
{
    public static void Map(ModelBuilder model)
    {
        var audit = model.Owned<AuditEntry>("kernel_audit", a => new { a.TenantId, a.Id });
        audit.HasIndex(a => new { a.TenantId, a.Subject, a.Id });
        audit.HasIndex(a => new { a.TenantId, a.At, a.Id });
        audit.HasIndex(a => new { a.TenantId, a.ActorPerson, a.At });
        audit.Property(a => a.Changes).HasMaxLength(200_000);

        var transition = model.Owned<Transition>("kernel_transition", t => new { t.TenantId, t.Id });
        transition.HasIndex(t => new { t.TenantId, t.Subject, t.Id });

        var outbox = model.Owned<OutboxRow>("kernel_outbox", o => new { o.TenantId, o.Id });
        outbox.HasIndex(o => new { o.TenantId, o.State, o.NextAttemptAt });
        // What is due is looked for every few seconds, over all tenants: only the few rows that wait may cost anything.
        outbox.HasIndex(o => new { o.TenantId, o.Id }, "IX_kernel_outbox_waiting").HasFilter("state = 'waiting'");
        outbox.Property(o => o.Payload).HasMaxLength(100_000);

        var job = model.Owned<JobRow>("kernel_job", j => new { j.TenantId, j.Id });
        job.HasIndex(j => new { j.TenantId, j.State, j.Id });

        var mail = model.Owned<MailRow>("kernel_mail", m => new { m.TenantId, m.Id });
        mail.HasIndex(m => new { m.TenantId, m.State, m.NextAttemptAt });
        mail.HasIndex(m => new { m.TenantId, m.Id }, "IX_kernel_mail_waiting").HasFilter("state = 'waiting'");
        mail.HasIndex(m => new { m.TenantId, m.PartnerId, m.CreatedAt, m.Id }, "IX_kernel_mail_partner").HasFilter("partner_id IS NOT NULL");
        mail.Property(m => m.Body).HasMaxLength(100_000);

        var reply = model.Owned<IdempotentReply>("kernel_reply", r => new { r.TenantId, r.Person, r.Key });
        reply.HasIndex(r => new { r.TenantId, r.At });
        reply.Property(r => r.Body).HasMaxLength(1_000_000);

        var view = model.Owned<SavedView>("kernel_saved_view", v => new { v.TenantId, v.Id });
        view.HasIndex(v => new { v.TenantId, v.Person, v.Path, v.Name }).IsUnique();
        view.HasIndex(v => new { v.TenantId, v.Path, v.Shared });
        view.Property(v => v.Query).HasMaxLength(2000);

        var rate = model.Owned<RateRow>("kernel_rate", r => new { r.TenantId, r.From, r.To, r.Day });
        rate.Property(r => r.From).HasMaxLength(3);
        rate.Property(r => r.To).HasMaxLength(3);
        rate.HasIndex(r => new { r.TenantId, r.Day });
        rate.Ignore(r => r.Rate);
        model.Owned<RateState>("kernel_rate_state", s => s.TenantId);

        FieldMapping.Map(model);
        BulkTables.Map(model);

        var schedule = model.Entity<ScheduleRow>();
        schedule.ToTable("kernel_schedule");
        schedule.HasKey(s => s.Name);
    }
}
