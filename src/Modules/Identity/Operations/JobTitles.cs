using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>What jobs do, in words; a job that nobody has named shows its own name.</summary>
internal static class JobTitles
{
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["identity.tidy_sign_in"] = "Tidy up what signing in leaves behind",
        ["identity.forget_replies"] = "Forget kept answers of the API",
        ["identity.forget_delivered"] = "Forget messages that were delivered",
        ["identity.keep_statistics"] = "Keep the database's statistics fresh",
        ["identity.seal_audit"] = "Seal the audit",
        ["identity.end_viewings"] = "End old views as a partner",
        ["incentives.release_holds"] = "Release earnings whose hold is over",
        ["notifications.digest"] = "Send the collected notifications",
        ["partners.duplicates"] = "Look for duplicate partners",
        ["partners.quality"] = "Count the quality of partner records",
        ["partners.segments"] = "Count the partners of segments",
        ["receipts.seal"] = "Put receipts into the chain",
        ["receipts.tell_roots"] = "Mail the day’s roots to those who want them",
        ["insights.flow"] = "Count the figures of the funnel",
        ["insights.fairness"] = "Compute fairness",
        ["insights.forecast"] = "Compute the forecast",
        ["insights.registration_drops"] = "Look for falling registrations",
        ["accounts.duplicates"] = "Look for duplicate accounts",
        ["accounts.quality"] = "Count the quality of accounts",
        ["deals.warn"] = "Warn of protections that end soon",
        ["deals.promise"] = "Watch the promised times to decide",
        ["deals.remind_tasks"] = "Remind of tasks that are due",
        ["deals.count_effect"] = "Count what partners change",
        ["deals.expire"] = "End protections whose time is over",
        ["deals.escalate_conflicts"] = "Pass conflicts on that take too long",
        ["deals.lapse_leads"] = "End leads that nobody answered",
        ["deals.handovers"] = "Hand deals over to the CRM",
        ["deals.mailbox"] = "Read the mailbox for forwarded mail",
        ["deals.forget_mail"] = "Forget forwarded mail that waits for an answer",
        ["deals.push_handovers"] = "Send deals to CRM and ERP",
        ["deals.forget_attempts"] = "Forget old attempts to send deals",
        ["deals.close_by_crm"] = "Close deals as the CRM has closed them",
        ["identity.revalue"] = "Value records anew at the rates",
        ["partners.import"] = "Import partners",
        ["partners.undo_import"] = "Take an import of partners back",
        ["partners.find_duplicates"] = "Look for duplicate partners",
        ["partners.count_quality"] = "Count the quality of partner records",
        ["receipts.check"] = "Check the chain of receipts",
        ["accounts.count_quality"] = "Count the quality of accounts",
        ["accounts.import"] = "Import accounts",
        ["accounts.undo_import"] = "Take an import of accounts back",
        ["accounts.find_duplicates"] = "Look for duplicate accounts",
        ["deals.run_rules"] = "Try rules on past registrations",
        ["deals.upload"] = "Register the deals of a file",
    };

    public static string Of(string name) => Speech.T(Titles.GetValueOrDefault(name, name));
}
