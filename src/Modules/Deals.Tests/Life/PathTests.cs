using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests.Life;

public sealed class PathTests
{
    [SkippableTheory, Databases]
    public async Task An_unknown_company_is_decided_at_once_and_its_account_is_checked_afterwards(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Lagoa Marine"));
        deal.State.ShouldBe(DealState.Approved);
        var seen = await DealWorld.SeeAsync(world.Manager, deal.Id);
        (seen.AccountState, seen.Account is null).ShouldBe((AccountState.Pending, false));
        (await world.Manager.DoAsync<Work, IReadOnlyList<AccountCheck>>(w => AccountChecks.FindAsync(w, default))).Select(c => c.Line.Id).ShouldContain(deal.Id);
        (await CheckAsync(partner, deal.Id, null)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        var real = await world.AccountAsync("Lagoa Marine Holding Brasil");
        (await CheckAsync(world.Manager, deal.Id, new AccountId(Guid.CreateVersion7()))).Problem!.Errors.Keys.ShouldBe(["account"]);
        (await CheckAsync(world.Manager, deal.Id, real)).Problem.ShouldBeNull();
        seen = await DealWorld.SeeAsync(world.Manager, deal.Id);
        (seen.AccountState, seen.Account, seen.State).ShouldBe((AccountState.Matched, real, DealState.Approved));
        (await CheckAsync(world.Manager, deal.Id, null)).Problem!.Code.ShouldBe("deals.account_checked");
    }

    [SkippableTheory, Databases]
    public async Task A_distributor_registers_for_its_reseller_and_for_nobody_else(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (distributor, reseller, stranger) = (await world.PartnerAsync(), await world.PartnerAsync(tier: Tier.Silver), await world.PartnerAsync());
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/partners/{Home(distributor)}/relations", new { other = Home(reseller).ToString(), kind = "supplies" })).EnsureSuccessStatusCode();
        (await distributor.DoAsync<Work, IReadOnlyList<(PartnerId Id, string Name)>>(w => Distribution.ResellersAsync(w, default))).Select(r => r.Id).ShouldBe([Home(reseller)]);
        (await ForAsync(distributor, world, Home(stranger))).Problem!.Errors.Keys.ShouldBe(["for"]);
        (await ForAsync(reseller, world, Home(distributor))).Problem!.Errors.Keys.ShouldBe(["for"]);
        var id = (await ForAsync(distributor, world, Home(reseller))).Value;
        var own = await DealWorld.SeeAsync(reseller, id);
        (own.Partner, own.Full, own.ExpiresOn).ShouldBe((Home(reseller), true, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(90)), "the reseller's tier counts");
        (await DealWorld.SeeAsync(distributor, id)).Full.ShouldBeTrue();
        (await DealWorld.TrySeeAsync(stranger, id)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await distributor.DoAsync<Work, Page<DealLine>>(w => DealList.FindAsync(w, new DealFilter { View = DealView.Approved }, new Paging(), default))).Items.Select(l => l.Id).ShouldBe([id]);
        (await distributor.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(id, "Longer."), default))).Problem.ShouldBeNull();
        (await RequestTests.LifeAsync(reseller, id)).Requests.Count.ShouldBe(1);
        // What the reseller registers by itself the distributor reads as the vendor lets it, and does not act on.
        var quiet = await world.RegisterAsync(reseller, world.Fields("Quiet Harbour"));
        (await DealWorld.SeeAsync(distributor, quiet.Id)).Allowed.ShouldBeEmpty();
        (await distributor.DoAsync<RequestExtension, Result<RequestId>>(r => r.RunAsync(new ExtensionInput(quiet.Id, "Longer."), default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, Databases]
    public async Task A_joint_registration_counts_from_the_second_partners_yes(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (first, second, third) = (await world.PartnerAsync(), await world.PartnerAsync(website: "second.example"), await world.PartnerAsync());
        var domain = await world.Tenant.Administrator.DoAsync<Work, string?>(w => w.Db.Set<PartnerRow>().Where(p => p.Id == Home(second)).Select(p => p.Domain).SingleAsync());
        (await ProposeAsync(first, world.Fields("Adria Ferries"), domain, 0)).Problem!.Errors.Keys.ShouldBe(["jointShare"]);
        (await ProposeAsync(first, world.Fields("Adria Ferries"), "nobody.example", 4000)).Problem!.Errors.Keys.ShouldBe(["jointPartner"]);
        var id = (await ProposeAsync(first, world.Fields("Adria Ferries"), domain, 4000)).Value;
        (await DealWorld.SeeAsync(first, id)).State.ShouldBe(DealState.Draft);
        (await DealWorld.TrySeeAsync(world.Manager, id)).Problem!.Kind.ShouldBe(ProblemKind.Missing, "nothing is registered yet");
        (await first.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(null, id), default))).Problem!.Code.ShouldBe("deals.awaits_partner");
        (await first.DoAsync<SaveDraft, Result<DealId>>(r => r.RunAsync(new DraftInput(id, world.Fields("Other")), default))).Problem!.Code.ShouldBe("deals.awaits_partner");
        (await AcceptAsync(third, id, true)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        foreach (var side in new[] { first, second })
            (await side.DoAsync<Coalitions.LeaveTeam, Result<DealId>>(l => l.RunAsync(new(id, second.Actor.Partner, "canary-draft"), default))).Problem!.Code.ShouldBe("deals.leave_draft");
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.Body.Contains("canary-draft")))).ShouldBe(0, "the vendor hears of nothing that is not registered");
        (await AcceptAsync(second, id, false)).Problem.ShouldBeNull();
        (await DealWorld.SeeAsync(first, id)).AwaitsPartner.ShouldBeFalse();
        (await first.DoAsync<ProposeJointly, Result<DealId>>(p => p.RunAsync(new JointProposal(null, id, domain, 3000), default))).Problem.ShouldBeNull();
        (await AcceptAsync(second, id, true)).Problem.ShouldBeNull();
        var joint = await DealWorld.SeeAsync(first, id);
        (joint.State, joint.AwaitsPartner).ShouldBe((DealState.Approved, false));
        joint.Team.Select(t => t.ShareBasisPoints).ShouldBe([7000, 3000]);
        (await DealWorld.SeeAsync(second, id)).Invitation.ShouldBe(MemberState.Accepted);
    }

    [SkippableTheory, Databases]
    public async Task The_incumbent_renews_before_others_and_once(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (seller, rival) = (await world.PartnerAsync(tier: Tier.Silver), await world.PartnerAsync());
        var won = await world.RegisterAsync(seller, world.Fields("Kantabria Steel"));
        (await RenewAsync(seller, won.Id, world.Fields("Kantabria Steel"))).Problem!.Code.ShouldBe("deals.not_renewable");
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(won.Id, 900_000_00), default))).Problem.ShouldBeNull();
        var late = await world.RegisterAsync(rival, world.Fields("Kantabria Steel"));
        (late.State, late.Reviewer).ShouldBe((DealState.InReview, Roles.ChannelOperations));
        (await RenewAsync(rival, won.Id, world.Fields("Kantabria Steel"))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await RenewAsync(seller, won.Id, world.Fields("Somebody Else"))).Problem!.Errors.Keys.ShouldBe(["customerName"]);
        // Large, and an existing customer: the incumbent is approved all the same.
        var renewal = (await RenewAsync(seller, won.Id, world.Fields("Kantabria Steel", amount: 900_000_00))).Value;
        (await DealWorld.SeeAsync(seller, renewal)).State.ShouldBe(DealState.Approved);
        (await DealWorld.DecisionAsync(world.Manager, renewal)).RuleId.ShouldBe("renewal");
        (await RenewAsync(seller, won.Id, world.Fields("Kantabria Steel"))).Problem!.Code.ShouldBe("deals.already_renewed");
        (await RequestTests.LifeAsync(seller, won.Id)).Renewal.ShouldBe(renewal);
    }

    [SkippableTheory, Databases]
    public async Task A_table_goes_row_by_row_through_the_same_registration(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        await world.RegisterAsync(other, world.Fields("Taken Already"));
        var close = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60);
        var csv = $"Customer,Country,Product,Amount,Expected close,Contact,Contact e-mail,Done so far\n"
            + $"Bulk One,DE,Relay,12000,{close:yyyy-MM-dd},Ana Silva,ana@gmail.com,Two meetings and a demo with operations.\n"
            + $"Taken Already,DE,Relay,12000,{close:yyyy-MM-dd},Ana Silva,ana@gmail.com,Two meetings and a demo with operations.\n"
            + $"Bulk One,DE,Relay,13000,{close:yyyy-MM-dd},,,\n"
            + $"=Bulk Three,DE,Nothing,abc,{close:yyyy-MM-dd},,,\n";
        using var api = await partner.ApiAsync();
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        var made = await api.PostAsync("/api/v1/deal-uploads?name=deals.csv", body);
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var id = Ids.Parse<UploadId>((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("line").GetProperty("id").GetString())!.Value;
        var before = await SeeAsync(partner, id);
        before.Rows.Select(r => r.State).ShouldBe([UploadRowState.Ready, UploadRowState.Ready, UploadRowState.Refused, UploadRowState.Refused]);
        before.Rows[3].Message!.ShouldContain("Nothing");
        (await partner.DoAsync<Work, int>(w => w.Db.Set<Deal>().CountAsync())).ShouldBe(0, "nothing is registered by a dry run");
        (await other.DoAsync<Work, Result<UploadDetail>>(w => UploadPages.FindAsync(w, id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await other.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);

        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(id, default))).Problem.ShouldBeNull();
        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(id, default))).Problem!.Code.ShouldBe("deals.upload_started");
        for (var i = 0; i < 200 && (await SeeAsync(partner, id)).Line.State != UploadState.Done; i++)
        {
            await world.Tenant.App.DrainAsync();
            await Task.Delay(20);
        }

        var after = await SeeAsync(partner, id);
        (after.Line.Registered, after.Line.Refused).ShouldBe((2, 2));
        (await DealWorld.SeeAsync(partner, after.Rows[0].Deal!.Value)).State.ShouldBe(DealState.Approved);
        (await DealWorld.SeeAsync(partner, after.Rows[1].Deal!.Value)).State.ShouldBe(DealState.Rejected, "the rules decide each row");
        using var pages = await partner.PagesAsync();
        var refused = await pages.Http.GetStringAsync($"/portal/deals/uploads/{id}/refused.csv");
        refused.ShouldContain("'=Bulk Three");
        refused.ShouldContain("Why not");
    }

    [SkippableTheory, Databases]
    public async Task An_upload_stops_when_its_person_may_not_register_any_more_and_a_colleague_goes_on(Database database)
    {
        // A host of its own: nobody else's test runs the job before the person is suspended.
        await using var app = await TestApp.StartAsync(database);
        var world = await DealWorld.CreateAsync(app);
        var partner = await world.PartnerAsync();
        var colleague = await world.Tenant.PartnerPersonAsync(partner.Actor.Partner!.Value, partner.Actor.PartnerName!);
        var close = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60);
        var csv = "Customer,Country,Product,Amount,Expected close,Contact,Contact e-mail,Done so far\n"
            + string.Concat(new[] { "Left One", "Left Two" }.Select(name => $"{name},DE,Relay,12000,{close:yyyy-MM-dd},Ana Silva,ana@gmail.com,Two meetings and a demo with operations.\n"));
        var id = (await partner.DoAsync<UploadDeals, Result<UploadId>>(u => u.RunAsync(new UploadInput("deals.csv", Encoding.UTF8.GetBytes(csv)), default))).Value;
        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(id, default))).Problem.ShouldBeNull();
        using var administrator = await world.Tenant.Administrator.ApiAsync();
        (await administrator.PostAsJsonAsync($"/api/v1/people/{partner.Actor.Person}/state", new { state = "suspended" })).IsSuccessStatusCode.ShouldBeTrue();

        await EndedAsync(JobState.Failed);
        var stopped = await SeeAsync(colleague, id);
        stopped.JobMessage!.ShouldContain("may not register deals for this partner any more");
        stopped.Rows.ShouldAllBe(r => r.State == UploadRowState.Ready);
        (await colleague.DoAsync<Work, int>(w => w.Db.Set<Deal>().CountAsync())).ShouldBe(0);

        (await colleague.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(id, default))).Problem.ShouldBeNull();
        await EndedAsync(JobState.Succeeded);
        (await SeeAsync(colleague, id)).Line.Registered.ShouldBe(2);

        async Task EndedAsync(JobState state)
        {
            for (var i = 0; i < 200 && (await SeeAsync(colleague, id)).Job is JobState.Queued or JobState.Running; i++)
            {
                await world.Tenant.App.DrainAsync();
                await Task.Delay(20);
            }

            (await SeeAsync(colleague, id)).Job.ShouldBe(state);
        }
    }

    [Fact]
    public void A_row_that_others_stood_in_the_way_of_is_tried_again_and_one_that_is_wrong_is_not()
    {
        UploadRows.StaysReady(new Problem(ProblemKind.Busy, "busy", "Try again.")).ShouldBeTrue();
        UploadRows.StaysReady(Problem.Invalid("amount", "No amount.")).ShouldBeFalse();
        UploadRows.StaysReady(Problem.Denied(DealsPermissions.Register)).ShouldBeFalse();
    }

    [SkippableTheory, Databases]
    public async Task A_table_with_headings_of_its_own_is_read_by_the_columns_that_its_people_choose(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        var close = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(60);
        var csv = $"Kunde,Land,Was,Summe,Wann\nColumn One,DE,Relay,12000,{close:yyyy-MM-dd}\nColumn Two,DE,Relay,13000,{close:yyyy-MM-dd}\n";
        async Task<UploadDetail> UploadAsync(TestPerson by) => await SeeAsync(by, (await by.DoAsync<UploadDeals, Result<UploadId>>(u => u.RunAsync(new UploadInput("deals.csv", Encoding.UTF8.GetBytes(csv)), default))).Value);
        Task<Result<UploadId>> MapAsync(TestPerson by, UploadId id, Dictionary<string, int> columns) => by.DoAsync<MapColumns, Result<UploadId>>(m => m.RunAsync(new ColumnsInput(id, columns), default));

        var upload = await UploadAsync(partner);
        (upload.Line.State, upload.Rows.All(r => r.State == UploadRowState.Unread)).ShouldBe((UploadState.Columns, true));
        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(upload.Line.Id, default))).Problem!.Errors.Keys.ShouldBe(["columns"]);
        var right = new Dictionary<string, int> { ["customer"] = 0, ["country"] = 1, ["product"] = 2, ["amount"] = 3, ["expected close"] = 4 };
        (await MapAsync(other, upload.Line.Id, right)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await MapAsync(partner, upload.Line.Id, new() { ["customer"] = 0, ["country"] = 1, ["product"] = 2, ["amount"] = 9 })).Problem!.Errors.Keys.ShouldBe(["columns", "columns[expected close]"]);

        using var pages = await partner.PagesAsync();
        var page = await pages.GetAsync($"/portal/deals/uploads/{upload.Line.Id}");
        page.Text.ShouldContain("What stands in which column?");
        (await pages.SubmitAsync(page, "columns", ("Input.Columns[customer]", "0"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await pages.SubmitAsync(page, "columns", [.. right.Select(c => ($"Input.Columns[{c.Key}]", $"{c.Value}"))]);
        (await SeeAsync(partner, upload.Line.Id)).Rows.Select(r => (r.Customer, r.State)).ShouldBe([("Column One", UploadRowState.Ready), ("Column Two", UploadRowState.Ready)]);
        // The same headings are understood the next time, by this partner alone.
        (await UploadAsync(partner)).Line.State.ShouldBe(UploadState.Checked);
        (await UploadAsync(other)).Line.State.ShouldBe(UploadState.Columns);
        (await partner.DoAsync<StartUpload, Result<UploadId>>(s => s.RunAsync(upload.Line.Id, default))).Problem.ShouldBeNull();
        (await MapAsync(partner, upload.Line.Id, right)).Problem!.Code.ShouldBe("deals.upload_started");
    }

    [SkippableTheory, Databases]
    public async Task A_forwarded_mail_makes_one_draft_for_its_sender_and_none_for_strangers(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        using var door = await world.Manager.ApiAsync();
        async Task<JsonElement> HandAsync(string from, string id)
        {
            using var body = new StringContent($"From: <{from}>\r\nSubject: Fwd: Relay\r\nMessage-ID: <{id}@x.example>\r\n\r\nCustomer: Brenta Yards\r\nProduct: Relay\r\nAmount: 12,000\r\n", Encoding.UTF8, "message/rfc822");
            var answer = await door.PostAsync("/api/v1/inbound-mail", body);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        var first = await HandAsync(partner.Email, "a");
        var deal = Ids.Parse<DealId>(first.GetProperty("deal").GetString())!.Value;
        (await HandAsync(partner.Email, "a")).GetProperty("deal").GetString().ShouldBe(deal.ToString(), "the same message again");
        var draft = await DealWorld.SeeAsync(partner, deal);
        (draft.State, draft.CustomerName, draft.Product, draft.Amount).ShouldBe((DealState.Draft, "Brenta Yards", world.Relay, 12_000_00L));
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == partner.Email && m.Subject.StartsWith("A draft is ready")))).ShouldBe(1);
        (await HandAsync("stranger@nowhere.example", "b")).GetProperty("outcome").GetString().ShouldBe("unknown_sender");
        (await world.Manager.DoAsync<Work, int>(w => w.Db.Set<MailRow>().CountAsync(m => m.To == "stranger@nowhere.example"))).ShouldBe(0);
        using var closed = await partner.ApiAsync();
        using var nothing = new StringContent("From: a@b.example\r\n\r\nx", Encoding.UTF8, "message/rfc822");
        (await closed.PostAsync("/api/v1/inbound-mail", nothing)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await closed.GetAsync("/api/v1/inbound-mail")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        async Task<IEnumerable<string?>> FromAsync(string query) => (await door.GetFromJsonAsync<JsonElement>("/api/v1/inbound-mail" + query)).GetProperty("items").EnumerateArray().Select(m => m.GetProperty("from").GetString());
        (await FromAsync("")).ShouldBe(["stranger@nowhere.example", partner.Email]);
        (await FromAsync("?sort=at")).ShouldBe([partner.Email, "stranger@nowhere.example"]);
        (await FromAsync("?outcome=unknown_sender")).ShouldBe(["stranger@nowhere.example"]);
        (await FromAsync("?q=NOWHERE")).ShouldBe(["stranger@nowhere.example"]);
        (await FromAsync("?size=1")).ShouldBe(["stranger@nowhere.example"]);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync("/app/deals/mail?outcome=draft")).Text.ShouldContain(partner.Email);
        (await pages.GetAsync("/app/deals/mail?outcome=several_partners")).Text.ShouldContain("No mail fits");
        (await pages.Http.GetStringAsync("/app/deals/mail.csv?outcome=unknown_sender")).ShouldContain("stranger@nowhere.example");
        using var stranger = await (await DealWorld.CreateAsync(database)).Manager.ApiAsync();
        (await stranger.GetFromJsonAsync<JsonElement>("/api/v1/inbound-mail")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Without_scripts_a_partner_asks_for_an_extension_and_the_vendor_answers_on_pages(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Marmolada Lifts"));
        using var portal = await partner.PagesAsync();
        var form = await portal.GetAsync($"/portal/deals/{deal.Id}/extend");
        (await portal.SubmitAsync(form, "extend", ("Input.Reason", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var asked = await portal.SubmitAsync(form, "extend", ("Input.Reason", "The board meets in March."));
        asked.Text.ShouldContain("Waits for an answer");
        using var app = await world.Manager.PagesAsync();
        (await app.GetAsync("/app/deals/requests")).Text.ShouldContain("The board meets in March.");
        var request = (await RequestTests.LifeAsync(world.Manager, deal.Id)).Requests.Single();
        var answer = await app.GetAsync($"/app/deals/requests/{request.Id}");
        (await app.SubmitAsync(answer, "answer", ("Input.Act", "grant"), ("Input.Days", "20"))).Text.ShouldContain("Granted");
        (await DealWorld.SeeAsync(partner, deal.Id)).ExpiresOn.ShouldBe(deal.ExpiresOn!.Value.AddDays(20));
        (await app.GetAsync("/app/deals/account-checks")).Text.ShouldContain("Marmolada Lifts");
        (await portal.GetAsync($"/app/deals/requests/{request.Id}")).Text.ShouldNotContain("Your answer");
    }

    [SkippableTheory, Databases]
    public async Task What_is_typed_is_kept_on_the_server_and_goes_on_from_the_list(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (partner, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        using var portal = await partner.PagesAsync();
        var page = await portal.GetAsync("/portal/deals/new");
        var token = page.Document.QuerySelector("form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        async Task<HttpResponseMessage> TypeAsync(PageClient client, string path, params (string, string)[] fields) => await client.Http.PatchAsync(path,
            new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)).Append(KeyValuePair.Create("__RequestVerificationToken", token))));
        (await portal.Http.PatchAsync("/portal/deals/drafts", new FormUrlEncodedContent([KeyValuePair.Create("Input.CustomerName", "Half")]))).IsSuccessStatusCode.ShouldBeFalse("a foreign page has no token");
        var kept = await TypeAsync(portal, "/portal/deals/drafts", ("Input.CustomerName", "Half Typed"), ("Input.Amount", "12,"));
        kept.StatusCode.ShouldBe(HttpStatusCode.OK, await kept.Content.ReadAsStringAsync());
        var (draft, version) = ((await kept.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("draft").GetString(), 1L);
        var again = await TypeAsync(portal, $"/portal/deals/drafts/{draft}", ("Input.CustomerName", "Half Typed"), ("Input.Amount", "12,500"), ("Input.Version", $"{version}"));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TypeAsync(portal, $"/portal/deals/drafts/{draft}", ("Input.CustomerName", "Old eyes"), ("Input.Version", $"{version}"))).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await portal.GetAsync("/portal/deals")).Document.QuerySelector($"a[href='/portal/deals/new?draft={draft}']").ShouldNotBeNull();
        (await DealWorld.SeeAsync(partner, Ids.Parse<DealId>(draft)!.Value)).Amount.ShouldBe(12_500_00);
        (await DealWorld.TrySeeAsync(other, Ids.Parse<DealId>(draft)!.Value)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    private static PartnerId Home(TestPerson person) => person.Actor.Partner!.Value;

    private static Task<UploadDetail> SeeAsync(TestPerson by, UploadId id) => by.DoAsync<Work, UploadDetail>(async w => (await UploadPages.FindAsync(w, id, default)).Value);

    private static Task<Result<DealId>> CheckAsync(TestPerson by, DealId deal, AccountId? account) => by.DoAsync<CheckAccount, Result<DealId>>(c => c.RunAsync(new AccountAnswer(deal, account), default));

    private static Task<Result<DealId>> ForAsync(TestPerson by, DealWorld world, PartnerId reseller) =>
        by.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(world.Fields("Levant Cranes"), For: reseller), default));

    private static Task<Result<DealId>> ProposeAsync(TestPerson by, DealFields fields, string? partner, int share) =>
        by.DoAsync<ProposeJointly, Result<DealId>>(p => p.RunAsync(new JointProposal(fields, null, partner, share), default));

    private static Task<Result<DealId>> AcceptAsync(TestPerson by, DealId deal, bool accept) => accept ? DealWorld.AcceptAsync(by, deal) : by.DoAsync<AnswerInvitation, Result<DealId>>(a => a.RunAsync(new InvitationAnswer(deal, false), default));

    private static Task<Result<DealId>> RenewAsync(TestPerson by, DealId won, DealFields fields) => by.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(fields, Renews: won), default));
}
