using Trellis.Kernel;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.WordLists;

namespace Trellis.Partners.Solutions;

/// <summary>Solutions of the demo company, one of them within a larger one, and its lists of words.</summary>
internal sealed class SolutionDemo
{
    private readonly Demo _demo;
    private readonly HashSet<PartnerId> _listed;
    private readonly List<Partner> _partners;

    public SolutionDemo(Demo demo, List<Partner> partners, HashSet<PartnerId> listed)
    {
        (_demo, _partners, _listed) = (demo, partners, listed);
        var whole = Form("Connected hospital", "One contract for sensors, data and operation on the ward: chosen, integrated and run by companies that have done it before.", "Healthcare", null, 210);
        Join(whole, ["brightpath.example"], "Plans it and integrates it with what is there", true);
        Join(whole, [PartnerType.ManagedServiceProvider], "Operates it around the clock");
        Join(whole, [PartnerType.SoftwareVendor], "Brings the application for the ward");
        var inner = Form("Hospital data platform", "Data of devices and records in one place, with the consent of patients kept.", "Healthcare", whole.Id, 160);
        Join(inner, [PartnerType.SystemIntegrator], "Builds the platform", true);
        Join(inner, ["clearview.example"], "Advises on what the law asks for");
        var plant = Form("Quiet plant", "Fewer stops of machines: measure, predict, and have somebody there who knows the machine.", "Manufacturing", null, 120);
        Join(plant, [PartnerType.ValueAddedReseller], "Sells and installs the sensors", true);
        Join(plant, [PartnerType.CloudConsultant, PartnerType.Consultant], "Sets up the prediction");
        Join(plant, ["brightpath.example"], "Ties it to the plant’s own systems", asked: true);
    }

    public List<SolutionGroup> Groups { get; } = [];

    public List<SolutionPart> Parts { get; } = [];

    /// <summary>Lists that hold the demo's own words; the one of technologies knows other ways to write them.</summary>
    public static IEnumerable<WordList> Lists(Demo demo, IEnumerable<Partner> partners)
    {
        var competencies = partners.SelectMany(p => TextList.Items(p.Competencies)).DistinctBy(Traits.Key).Order(StringComparer.Ordinal);
        yield return Of(TraitKind.Competency, string.Join('\n', competencies), closed: true);
        yield return Of(TraitKind.Technology, "AWS = Amazon Web Services\nAzure = Microsoft Azure\nGoogle Cloud = GCP, Google Cloud Platform\nKafka = Apache Kafka\nKubernetes = k8s, kube\nOkta\nPostgreSQL = Postgres, psql\nPower BI = PowerBI\nSAP\nSalesforce = SFDC\nServiceNow\nSnowflake\nTerraform", closed: false);

        WordList Of(TraitKind kind, string words, bool closed) => new() { TenantId = demo.Tenant, Kind = kind, Words = words, Closed = closed, By = "Omar Haddad", At = demo.Now.AddDays(-40), Version = 1 };
    }

    private SolutionGroup Form(string name, string offer, string vertical, SolutionGroupId? parent, int daysAgo)
    {
        var group = new SolutionGroup { TenantId = _demo.Tenant, Id = _demo.NewId<SolutionGroupId>(_demo.Now.AddDays(-daysAgo)), Version = 1 };
        group.Tell(name, offer, vertical, parent, true, "Paula Ferreira", _demo.Now.AddDays(-daysAgo));
        Groups.Add(group);
        return group;
    }

    private void Join(SolutionGroup group, string[] domains, string does, bool leads = false, bool asked = false) => Join(group, _partners.Find(p => domains.Contains(p.Domain)), does, leads, asked);

    // The first of the kind that is listed and not in it yet.
    private void Join(SolutionGroup group, PartnerType[] types, string does, bool leads = false) =>
        Join(group, _partners.Find(p => types.Contains(p.MainType) && _listed.Contains(p.Id) && !Parts.Exists(x => x.PartnerId == p.Id)) ?? _partners.Find(p => types.Contains(p.MainType) && p.State == PartnerState.Active), does, leads, false);

    private void Join(SolutionGroup group, Partner? partner, string does, bool leads, bool asked)
    {
        if (partner is null || Parts.Exists(p => p.GroupId == group.Id && p.PartnerId == partner.Id)) return;
        Parts.Add(new SolutionPart
        {
            TenantId = _demo.Tenant, GroupId = group.Id, PartnerId = partner.Id, Does = does, Leads = leads, State = asked ? PartState.Invited : PartState.Accepted, InvitedBy = "Paula Ferreira",
            InvitedAt = asked ? _demo.Now.AddDays(-2) : group.At, AnsweredBy = asked ? null : "Their admin", AnsweredAt = asked ? null : group.At.AddDays(3), Version = 1,
        });
    }
}
