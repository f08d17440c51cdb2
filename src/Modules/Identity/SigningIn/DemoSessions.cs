using System.Security.Cryptography;
using System.Text;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Where the demo's people are signed in. No cookie goes with these sessions: they can be seen and ended, and not used.</summary>
internal static class DemoSessions
{
    private static readonly (string Device, string Network)[] Places =
        [("Chrome on Windows", "203.0.113."), ("Safari on Mac", "203.0.113."), ("Safari on iPhone", "198.51.100."), ("Edge on Windows", "203.0.113."), ("Chrome on Android", "198.51.100."), ("Firefox on Linux", "203.0.113.")];

    public static void Add(Demo demo, Person person, PartnerId? partner)
    {
        // The same for each person at every loading, whoever comes before.
        var dice = SHA256.HashData(Encoding.UTF8.GetBytes(person.Name));
        for (var i = 0; i <= dice[0] % 2; i++)
        {
            var (device, network) = Places[(dice[1] + i * 2) % Places.Length];
            var since = demo.Now.AddHours(-10 - (dice[2 + i] % 200)).AddMinutes(-dice[4 + i] % 60);
            demo.Db.Add(new Session
            {
                TenantId = demo.Tenant,
                Id = demo.NewId<SessionId>(since),
                PersonId = person.Id,
                PartnerId = partner,
                Stamp = person.Stamp,
                Device = device,
                Address = network + (dice[6 + i] % 250 + 2),
                By = dice[8 + i] % 4 == 0 ? ProvedBy.Link : ProvedBy.Password,
                Since = since,
                SeenAt = demo.Now.AddMinutes(-20 - dice[10 + i]),
                ConfirmedAt = since,
            });
        }

        if (partner is not { } portal) return;
        // The days of the last months on which somebody worked in the portal: some come often, some seldom.
        for (var ago = dice[12] % 7; ago < 90; ago += 2 + (dice[13 + (ago % 8)] % 12))
        {
            var at = demo.Now.Date.AddDays(-ago).AddHours(7 + (dice[21] % 3)).AddMinutes(dice[22] % 60);
            if (at < demo.Now) demo.Db.Add(new SignInDay { TenantId = demo.Tenant, PersonId = person.Id, PartnerId = portal, Day = DateOnly.FromDateTime(at), At = at });
        }
    }
}
