using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Leaving;
using Trellis.Partners.Listing;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners;

/// <summary>What stands around the demo's partners: expertise and words, tags, segments, groups of companies, customers, contributions, the way out, the directory.</summary>
internal sealed class PartnerExtras(Demo demo, List<Partner> partners, List<Relation> relations, Dictionary<string, PersonRow> staff)
{
    private static readonly string[] Technologies = ["Kubernetes", "PostgreSQL", "Kafka", "Terraform", "Azure", "AWS", "Google Cloud", "SAP", "Salesforce", "ServiceNow", "Snowflake", "Power BI", "Okta", "OpenShift"];
    private readonly Random _chance = demo.Chance("partners.extras");

    public async Task LoadAsync(CancellationToken ct)
    {
        var expertise = partners.Where((_, i) => i < 2 || _chance.Next(10) < 7).Select(Tell).ToList();
        await demo.InsertAsync(expertise, ct);
        var words = from p in partners from w in Traits.Of(p) select (p.Id, w.Key, w.Value);
        var more = from e in expertise from w in e.Words() select (Id: e.PartnerId, w.Key, w.Value);
        await demo.InsertAsync(words.Concat(more).SelectMany(w => Traits.Rows(demo.Tenant, w.Id, w.Key, w.Value)), ct);
        await demo.InsertAsync(partners.SelectMany(TagsOf), ct);
        await demo.InsertAsync(SegmentsOf(), ct);
        await demo.InsertAsync(relations.Where(r => r.Kind == RelationKind.ParentOf).Select(r => new Lineage { TenantId = demo.Tenant, AncestorId = r.FromId, DescendantId = r.ToId, Depth = 1 }), ct);
        await demo.InsertAsync(await CustomersAsync(ct), ct);
        await demo.InsertAsync(Given(), ct);
        await demo.InsertAsync(partners.Where(p => p.State is PartnerState.Offboarding).SelectMany(p => Checklist.Lines(demo.Tenant, () => demo.NewId<StepId>(p.StateSince), p.Id, p.ManagerId, DateOnly.FromDateTime(p.StateSince))), ct);
        await demo.InsertAsync(MoreDemo.Assets(demo, partners), ct);
        await demo.InsertAsync(MoreDemo.Joint(demo, partners), ct);
        await demo.InsertAsync(MoreDemo.Owners(demo), ct);
        var (import, rows) = MoreDemo.Import(demo, partners);
        await demo.InsertAsync([import], ct);
        await demo.InsertAsync(rows, ct);
        var listed = Listed().ToList();
        await demo.InsertAsync(listed, ct);
        await demo.InsertAsync(Solutions.SolutionDemo.Lists(demo, partners), ct);
        var solutions = new Solutions.SolutionDemo(demo, partners, [.. listed.Where(l => l.Listed).Select(l => l.PartnerId)]);
        await demo.InsertAsync(solutions.Groups, ct);
        await demo.InsertAsync(solutions.Parts, ct);
        await demo.InsertAsync([new DirectorySettings { TenantId = demo.Tenant, Open = true, Indexed = true, Title = "Find a Northwind partner", Intro = "Companies that know our products, near you and in your industry. Each of them has agreed to be listed here.", Version = 1 }], ct);
    }

    private Expertise Tell(Partner partner)
    {
        var told = demo.Now.AddDays(-_chance.Next(2, 150));
        var employees = partner.Employees ?? 20;
        return new Expertise
        {
            TenantId = demo.Tenant,
            PartnerId = partner.Id,
            Territories = TextList.Write([Countries.Name(partner.Country), .. _chance.Next(3) > 0 || partners.IndexOf(partner) < 2 ? new[] { partner.Region } : []]),
            Technologies = TextList.Write(Enumerable.Range(0, _chance.Next(2, 5)).Select(_ => Technologies[_chance.Next(Technologies.Length)])),
            Locations = partner.City ?? "",
            Founded = demo.Now.Year - _chance.Next(4, 35),
            Customers = Math.Max(5, employees / _chance.Next(1, 4)),
            LeadCapacity = _chance.Next(0, 9),
            ProjectCapacity = _chance.Next(0, Math.Max(2, Math.Min(12, employees / 12))),
            CapacityAt = told,
            SocialLinks = $"https://{partner.Domain}/news",
            Followers = employees * _chance.Next(3, 40),
            FollowersAt = told,
            Version = 1,
        };
    }

    private IEnumerable<Tag> TagsOf(Partner partner)
    {
        string[] tags = ["Event speaker", "Public sector framework", "New logo hunter", "Needs attention", "Reference customer"];
        return tags.Where((_, i) => _chance.Next(12 + i) == 0).Select(label => new Tag
        {
            TenantId = demo.Tenant,
            PartnerId = partner.Id,
            Key = Traits.Key(label),
            Label = label,
            By = "Omar Haddad",
            At = demo.Now.AddDays(-_chance.Next(5, 200)),
        });
    }

    private IEnumerable<Segment> SegmentsOf()
    {
        (string Name, string Purpose, string? Support, Conditions Conditions)[] segments =
        [
            ("Strategic resellers", "Carry most of the resale revenue.", "Named manager, answer within four hours, business review each quarter.",
                new() { Motions = [Motion.Resell], MotionStates = [MotionState.Active], Tiers = [Tier.Gold, Tier.Platinum] }),
            ("Small specialists", "Small firms with rare knowledge: they shall not get less because they are small.", "Answer within one day as for all; free certification; a monthly open hour.",
                new() { EmployeesTo = 40, Competencies = ["Security", "Data platform", "Identity"], States = [PartnerState.Active, PartnerState.Activated] }),
            ("Advisers", "Shape decisions and never resell.", "Briefings before each release.", new() { Types = [PartnerType.Consultant, PartnerType.Analyst], Motions = [Motion.Influence] }),
            ("First year", "Joined within the last twelve months.", "Fortnightly call until the first deal is won.", new() { MonthsTo = 12, States = [PartnerState.Onboarding, PartnerState.Activated, PartnerState.Active] }),
            ("Rising stars", "Register often, win often, and are not gold yet.", "A plan for the next tier, and leads first.", new() { Tiers = [Tier.Registered, Tier.Silver], Achieved = new() { RegistrationsFrom = 5, WinRateFrom = 40 } }),
            ("Healthcare in EMEA", "For the campaign in spring.", null, new() { Verticals = ["Healthcare"], Regions = [Countries.Emea] }),
            ("To win back", "At risk or dormant, once silver or better.", "Call by the partner manager within a week.", new() { States = [PartnerState.AtRisk, PartnerState.Dormant], Tiers = [Tier.Silver, Tier.Gold, Tier.Platinum] }),
            ("Certified specialists", "Rare knowledge, shown by certifications that we have confirmed; rewarded by the plan.", null, new() { States = [PartnerState.Active, PartnerState.Activated], Achieved = new() { CertificationsFrom = 2 } }),
        ];
        return segments.Select((s, i) => new Segment
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<SegmentId>(demo.Now.AddDays(-200 + i)),
            Name = s.Name,
            Purpose = s.Purpose,
            Support = s.Support,
            DecideHours = i == 0 ? 24 : null,
            AnswerHours = i switch { 0 => 4, 1 => 24, _ => null },
            Conditions = JsonSerializer.Serialize(s.Conditions, Json.Options),
            By = "Omar Haddad",
            At = demo.Now.AddDays(-200 + i),
            Version = 1,
        });
    }

    private async Task<List<CustomerTie>> CustomersAsync(CancellationToken ct)
    {
        var accounts = await demo.Db.Set<AccountRow>().OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => a.Id).Take(400).ToListAsync(ct);
        if (accounts.Count == 0) return [];
        var kinds = Enum.GetValues<CustomerTieKind>();
        return
        [
            .. partners.Where((p, i) => i < 3 || (p.State == PartnerState.Active && _chance.Next(4) == 0)).SelectMany(p => Enumerable.Range(0, _chance.Next(1, 5)).Select(_ => accounts[_chance.Next(Math.Min(60, accounts.Count))]).Distinct()
                .Select(account => new CustomerTie { TenantId = demo.Tenant, PartnerId = p.Id, AccountId = account, Kind = kinds[_chance.Next(kinds.Length)], By = "Omar Haddad", Since = p.Since })),
        ];
    }

    private IEnumerable<Contribution> Given()
    {
        (ContributionKind Kind, string Title)[] things =
        [
            (ContributionKind.Event, "Spoke at our user day"), (ContributionKind.Content, "Article on migrating without downtime"), (ContributionKind.ProductFeedback, "Tested the beta and found what we had missed"),
            (ContributionKind.Reference, "Took two reference calls"), (ContributionKind.Training, "Trained three of our new partners"), (ContributionKind.Solution, "Connector for shop-floor data"),
            (ContributionKind.Asset, "Checklist for the first ninety days"), (ContributionKind.Introduction, "Introduced us to the head of operations"), (ContributionKind.Advice, "Half a day on the market in the region"),
        ];
        var active = partners.Where(p => p.State == PartnerState.Active).ToList();
        foreach (var (partner, i) in active.Select((p, i) => (p, i)))
        {
            for (var n = _chance.Next(i < 2 ? 3 : 0, i < 2 ? 6 : 3); n > 0; n--)
            {
                var (kind, title) = things[_chance.Next(things.Length)];
                var at = demo.Now.AddDays(-_chance.Next(3, 340));
                var fromPartner = _chance.Next(3) == 0;
                yield return new Contribution
                {
                    TenantId = demo.Tenant,
                    Id = demo.NewId<ContributionId>(at),
                    PartnerId = partner.Id,
                    Kind = kind,
                    Title = title,
                    On = DateOnly.FromDateTime(at),
                    WithId = kind == ContributionKind.Solution && active.Count > 1 ? active[(i + 1) % active.Count].Id : null,
                    By = fromPartner ? partner.Name : "Paula Ferreira",
                    AuthorId = fromPartner || !staff.TryGetValue("Paula Ferreira", out var paula) ? default : paula.Id,
                    FromPartner = fromPartner,
                    At = at,
                };
            }
        }
    }

    private IEnumerable<PublicListing> Listed()
    {
        var slugs = new HashSet<string>();
        foreach (var partner in partners.Where((p, i) => i < 2 || (p.State == PartnerState.Active && _chance.Next(3) > 0)))
        {
            var slug = SetListing.SlugOf(partner.Name);
            if (!slugs.Add(slug)) continue;
            yield return new PublicListing
            {
                TenantId = demo.Tenant,
                PartnerId = partner.Id,
                Slug = slug,
                Listed = true,
                Headline = $"{PartnerWords.Label(partner.MainType)} for {TextList.Items(partner.Verticals).FirstOrDefault("every industry").ToLowerInvariant()}",
                ConsentBy = partner.Name,
                ConsentAt = demo.Now.AddDays(-_chance.Next(10, 300)),
                Version = 1,
            };
        }
    }
}
