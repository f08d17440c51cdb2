using System.Text;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;

namespace Trellis.Deals.Tests.Life;

public sealed class LifePureTests
{
    private static readonly DealFields Now = new()
    {
        CustomerName = "Helvetia Optics", CustomerDomain = "helvetia-optics.example", Country = "CH", Amount = 100_000_00, ExpectedClose = new DateOnly(2026, 12, 1), NextStep = "Offer",
    };

    [Theory]
    [InlineData(125_000_00, false)]
    [InlineData(125_000_01, true)]
    [InlineData(50_000_00, false)]
    public void An_amount_is_key_when_it_grows_by_more_than_a_quarter(long amount, bool key) =>
        Amendments.Compare(Now, Now with { Amount = amount }, 100_000_00).Single().Key.ShouldBe(key);

    [Fact]
    public void Small_steps_do_not_add_up_unseen() =>
        Amendments.Compare(Now with { Amount = 120_000_00 }, Now with { Amount = 140_000_00 }, 100_000_00).Single().Key.ShouldBeTrue();

    [Fact]
    public void Customer_and_product_are_key_and_the_rest_is_free()
    {
        var wanted = Now with { CustomerName = "Helvetia Optics Holding", Product = new ProductId(Guid.CreateVersion7()), NextStep = "Contract", ContactName = "Ana" };
        var changes = Amendments.Compare(Now, wanted, null);
        changes.Where(c => c.Key).Select(c => c.Field).ShouldBe(["customerName", "product"]);
        var free = Amendments.Free(Now, wanted, changes);
        (free.CustomerName, free.Product, free.NextStep, free.ContactName).ShouldBe(("Helvetia Optics", null, "Contract", "Ana"));
        Amendments.Compare(Now, Now, null).ShouldBeEmpty();
    }

    [Fact]
    public void A_contact_at_another_company_does_not_change_the_customer_by_the_way()
    {
        var unnamed = Now with { CustomerDomain = null };
        var wanted = unnamed with { ContactEmail = "ana@other.example" };
        var changes = Amendments.Compare(unnamed, wanted, null);
        changes.Single(c => c.Field == "customerDomain").Key.ShouldBeTrue();
        Amendments.Free(unnamed, wanted, changes).ContactEmail.ShouldBeNull();
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, 30)]
    [InlineData(15, 30)]
    [InlineData(14, 14)]
    [InlineData(8, 14)]
    [InlineData(7, 7)]
    [InlineData(2, 7)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(-1, null)]
    public void The_nearest_warning_is_due(int left, int? days) => ExpiryWarnings.Due(left).ShouldBe(days);

    [Fact]
    public void Half_time_of_two_business_days_skips_the_weekend()
    {
        var friday = new DateTime(2026, 11, 20, 15, 0, 0, DateTimeKind.Utc);
        var by = WorkCalendar.Standard.Add(friday, 2);
        by.ShouldBe(new DateTime(2026, 11, 24, 15, 0, 0, DateTimeKind.Utc));
        Promise.HalfTime(WorkCalendar.Standard, friday, by).ShouldBe(new DateTime(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void Business_time_there_and_back_is_the_same_for_any_instant()
    {
        var chance = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var from = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(chance.Next(500_000));
            var time = TimeSpan.FromMinutes(chance.Next(1, 20_000));
            WorkCalendar.Standard.Between(from, WorkCalendar.Standard.Plus(from, time)).ShouldBe(time, $"{from:O} + {time}");
        }
    }

    [Fact]
    public void Each_promise_that_passes_goes_one_role_up_and_never_beyond_the_highest()
    {
        var by = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
        Promise.Owes(WorkCalendar.Standard, Roles.PartnerManager, by, 2, by).ShouldBe(Roles.PartnerManager);
        Promise.Owes(WorkCalendar.Standard, Roles.PartnerManager, by, 2, by.AddHours(1)).ShouldBe(Roles.ChannelOperations);
        Promise.Owes(WorkCalendar.Standard, Roles.PartnerManager, by, 2, by.AddDays(2).AddHours(1)).ShouldBe(Roles.Executive);
        Promise.Owes(WorkCalendar.Standard, Roles.PartnerManager, by, 2, by.AddDays(90)).ShouldBe(Roles.Executive);
    }

    [Fact]
    public void A_forwarded_mail_is_read_whatever_its_program_made_of_it()
    {
        const string message = """
            From: =?utf-8?Q?Rosa_Garc=C3=ADa?= <Rosa@BrightPath.example>
            To: deals@northwind.example
            Subject: =?utf-8?B?RndkOiBSZWxheSBmw7xyIEhlbHZldGlh?=
             =?utf-8?Q?_Optics?=
            Message-ID: <1@mail.example>
            Authentication-Results: mx.northwind.example; dkim=pass header.d=brightpath.example
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="b1"

            --b1
            Content-Type: text/html; charset=utf-8

            <p>HTML</p>
            --b1
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Please register.
            Amount: 45.000,00
            Product: Relay

            ---------- Forwarded message ----------
            From: J=FCrg Meier <juerg@helvetia-optics.example>
            We need it by =
            spring.
            --b1--
            """;
        var mail = MailText.Read(Encoding.Latin1.GetBytes(message.ReplaceLineEndings("\r\n")))!;
        (mail.From, mail.Subject, mail.MessageId).ShouldBe(("rosa@brightpath.example", "Fwd: Relay für Helvetia Optics", "<1@mail.example>"));
        mail.Body.ShouldContain("Jürg Meier");
        mail.Body.ShouldContain("by spring.");
        var relay = new ProductId(Guid.CreateVersion7());
        var fields = DraftOfMail.Read(mail, new Dictionary<string, ProductId> { ["relay"] = relay }, "EUR", "brightpath.example");
        (fields.CustomerName, fields.CustomerDomain, fields.ContactName, fields.ContactEmail).ShouldBe(("Helvetia Optics", "helvetia-optics.example", "Jürg Meier", "juerg@helvetia-optics.example"));
        (fields.Amount, fields.Product).ShouldBe((45_000_00L, relay));
    }

    [Theory]
    [InlineData("EUR 100.000,00", "EUR", 100_000_00L)]
    [InlineData("100,000.00 USD", "USD", 100_000_00L)]
    [InlineData("eur 45 000", "EUR", 45_000_00L)]
    [InlineData("€ 1.200", "EUR", 1_200_00L)]
    [InlineData("12,500.50", "USD", 12_500_50L)]
    [InlineData("JPY 120000", "JPY", 120_000L)]
    public void An_amount_is_read_with_its_currency_and_either_separator(string written, string currency, long minor) => DraftOfMail.Amount(written, "USD").ShouldBe(new Money(minor, currency));

    [Theory]
    [InlineData("XYZ 100")]
    [InlineData("EUR 100 USD")]
    [InlineData("about a million")]
    [InlineData("2026-01-31")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_amount_is_left_to_a_person(string? written) => DraftOfMail.Amount(written, "USD").ShouldBeNull();

    [Fact]
    public void A_table_may_name_city_and_tax_number()
    {
        var sheet = UploadSheet.Read("Customer,City,VAT ID,Amount\nHelvetia Optics,Chur,CHE-116.281.710,100\n").Value;
        var fields = UploadSheet.Fields(UploadSheet.Guess(sheet.Header, []), sheet.Rows.Single().Cells, new Dictionary<string, ProductId>(), "EUR", new Check());
        (fields.CustomerCity, fields.CustomerTaxNumber).ShouldBe(("Chur", "CHE-116.281.710"));
    }

    [Fact]
    public void A_version_was_in_force_when_nothing_above_it_stood_at_its_beginning()
    {
        static RulesVersion Version(int number, string from, string published, bool withdrawn = false) =>
            new(default, number, DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateTime.SpecifyKind(DateTime.Parse(published, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc), "", "", withdrawn);
        RulesVersion[] all = [Version(1, "2026-01-01", "2026-01-01"), Version(3, "2026-06-01", "2026-04-01"), Version(4, "2026-05-01", "2026-05-01"), Version(5, "2026-04-20", "2026-06-10"), Version(6, "2026-09-01", "2026-06-11"), Version(7, "2026-06-12", "2026-06-11", true)];
        var now = new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);
        // Version 3 has taken over from 4, which decided in May; 5 began below 3; 6 is still to come, 7 was taken back.
        all.Where(v => RuleBook.WasInForce(v, all, now)).Select(v => v.Number).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public void Bytes_that_are_no_mail_never_break_the_reader()
    {
        var chance = new Random(11);
        var seed = Encoding.Latin1.GetBytes("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\nSubject: =?utf-8?B?Zm9v?=\n\n--x\nContent-Transfer-Encoding: base64\n\nZm9vYmFy\n--x--\n");
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = seed.ToArray();
            for (var j = chance.Next(1, 12); j > 0; j--) bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            if (MailText.Read(bytes) is { } read) Text.IsClean(read.Body + read.Subject).ShouldBeTrue();
        }

        MailText.Read([]).ShouldBeNull();
        MailText.Read("no headers at all"u8).ShouldBeNull();
    }

    [Fact]
    public void A_table_is_read_by_its_headers_in_any_order_and_with_either_separator()
    {
        var sheet = UploadSheet.Read("Deal value;Close date;Company;Product;Country;Extra\n\"45.000,00\";2027-01-31;Helvetia Optics;relay;Switzerland;x\n\n").Value;
        var relay = new ProductId(Guid.CreateVersion7());
        var check = new Check();
        var fields = UploadSheet.Fields(UploadSheet.Guess(sheet.Header, []), sheet.Rows.Single().Cells, new Dictionary<string, ProductId> { ["relay"] = relay }, "EUR", check);
        check.Problem.ShouldBeNull();
        (fields.CustomerName, fields.Country, fields.Product, fields.Amount, fields.ExpectedClose).ShouldBe(("Helvetia Optics", "CH", relay, 45_000_00L, new DateOnly(2027, 1, 31)));
        UploadSheet.Missing(UploadSheet.Guess(UploadSheet.Read("Company,Amount\nX,1\n").Value.Header, [])).ShouldBe(["country", "product", "expected close"]);
        UploadSheet.Read("Customer,Country,Product,Amount,Close\n").Ok.ShouldBeFalse();
        UploadSheet.Read("Customer,Country,Product,Amount,Close\n" + string.Concat(Enumerable.Repeat("a,DE,b,1,2027-01-01\n", UploadSheet.MostRows + 1))).Ok.ShouldBeFalse();
    }

    [Fact]
    public void Every_state_that_has_ended_is_over_and_only_refused_and_withdrawn_ones_begin_anew()
    {
        foreach (var state in Enum.GetValues<DealState>())
        {
            var next = DealLifecycle.Machine.Allowed(state);
            if (!DealLifecycle.IsOver(state)) next.ShouldNotBeEmpty();
            else next.Contains(DealTrigger.Reopen).ShouldBe(state is DealState.Rejected or DealState.Withdrawn);
        }
    }
}
