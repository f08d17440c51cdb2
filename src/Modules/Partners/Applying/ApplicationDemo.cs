using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Applying;

/// <summary>Applications of the demo company: some wait, one of them of a company that is a partner already, one was declined.</summary>
internal static class ApplicationDemo
{
    private static readonly (string Company, string Site, string Country, Motion[] Motions, string Name, string Mail, string? Text, int Days, ApplicationState State, string? Reason)[] All =
    [
        ("Brightpath Consulting", "https://brightpath.example/consulting", "DE", [Motion.Referral, Motion.Deliver], "Lena Vogt", "lena.vogt@brightpath.example", "We are the new consulting team in Hamburg and would like access of our own.", 2, ApplicationState.Waiting, null),
        ("Harbourline Systems", "https://harbourline.example", "NL", [Motion.Resell, Motion.Deliver, Motion.Retain], "Daan Visser", "daan@harbourline.example", "Forty people, mostly logistics customers. Three of them have asked for your platform.", 1, ApplicationState.Waiting, null),
        ("Quartzfield Analytics", "https://quartzfield.example", "US", [Motion.CoInnovate], "Maya Brooks", "maya.brooks@quartzfield.example", "We have an app for energy reports that could run on your data.", 6, ApplicationState.Waiting, null),
        ("Siesta Media", "https://siestamedia.example", "ES", [Motion.Influence], "Pablo Ortiz", "pablo@siestamedia.example", null, 40, ApplicationState.Declined, "We have no programme for media agencies in Spain yet. Write to us again next year."),
    ];

    public static async Task LoadAsync(Demo demo, CancellationToken ct)
    {
        await demo.InsertAsync([new ApplicationSettings { TenantId = demo.Tenant, Open = true, Intro = "Tell us who you are and how you would like to work with us. You hear from us within five working days.", KeepDays = ApplicationSettings.UsualDays, Version = 1 }], ct);
        await demo.InsertAsync(All.Select(a => One(demo, a)), ct);
    }

    private static Application One(Demo demo, (string Company, string Site, string Country, Motion[] Motions, string Name, string Mail, string? Text, int Days, ApplicationState State, string? Reason) a)
    {
        var at = demo.Now.AddDays(-a.Days).AddHours(-3);
        return new Application
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<ApplicationId>(at),
            Company = a.Company,
            Website = a.Site,
            Country = a.Country,
            Motion = a.Motions[0],
            OtherMotions = Application.Others(a.Motions),
            ContactName = a.Name,
            Email = a.Mail,
            Text = a.Text,
            CreatedAt = at,
            ConsentAt = at,
            Version = 1,
        }.Enter(a.State, a.State == ApplicationState.Declined ? at.AddDays(2) : at.AddHours(1), a.State == ApplicationState.Declined ? "Omar Haddad" : "Trellis", a.Reason);
    }
}
