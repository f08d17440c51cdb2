using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The demo's mails, readable while there is neither a mail server nor a real tenant.</summary>
internal sealed class Mailbox(Db db, IConfiguration configuration)
{
    /// <summary>Only where the demo is switched on and no mail server is set.</summary>
    public bool Open => configuration["TRELLIS_DEMO"] != "off" && string.IsNullOrEmpty(configuration["TRELLIS_SMTP"]);

    public Task<List<MailRow>> ReadAsync(string? to)
    {
        var mails = db.AllTenants<MailRow>("the demo's mailbox").AsNoTracking().Where(m => m.TenantId == DemoPeople.Tenant);
        if (!string.IsNullOrEmpty(to)) mails = mails.Where(m => m.To == to);
        return mails.OrderByDescending(m => m.Id).Take(50).ToListAsync();
    }
}
