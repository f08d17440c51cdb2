using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Timeline;

/// <summary>
/// What happened with a partner, newest first, as all modules know it. A page ends at an instant; the next one begins there and leaves out what was shown of that instant, so that nothing is
/// lost however many things happened at once.
/// </summary>
internal sealed class PartnerTimeline(Work work, IEnumerable<IPartnerEvents> sources)
{
    private const int MostAtOnce = 2000;

    public async Task<Page<PartnerEvent>> PageAsync(PartnerId partner, PartnerEventKind? kind, Paging paging, CancellationToken ct, PartnerTouch? touch = null)
    {
        var from = Place.Read(paging.Cursor) ?? new Place(work.Now.AddYears(1), 0);
        if (from.Shown > MostAtOnce) from = new Place(from.At.AddTicks(-TimeSpan.TicksPerMillisecond), 0);
        var ask = new PartnerEventsAsk(partner, from.At, paging.Rows + 1 + from.Shown, kind) { Touch = touch };
        var found = new List<PartnerEvent>();
        foreach (var source in sources) found.AddRange(await source.OfAsync(ask, ct));
        // The order of the sources decides within an instant: sorting is stable.
        var rest = found.OrderByDescending(e => e.At).Skip(from.Shown).ToList();
        List<PartnerEvent> items = [.. rest.Take(paging.Rows)];
        return new Page<PartnerEvent>(items, rest.Count > items.Count ? After(from, items).ToString() : null, null);
    }

    private static Place After(Place from, List<PartnerEvent> items)
    {
        var last = items[^1].At;
        return new Place(last, items.Count(e => e.At == last) + (last == from.At ? from.Shown : 0));
    }

    /// <summary>Until when a page tells, and how much of that instant was told before it.</summary>
    internal readonly record struct Place(DateTime At, int Shown)
    {
        public static Place? Read(string? cursor)
        {
            if (string.IsNullOrEmpty(cursor) || cursor.Length > 100 || !Base64Url.IsValid(cursor)) return null;
            return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split(':') is [var ticks, var shown]
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at >= Earliest && at <= Latest
                && int.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new Place(new DateTime(at, DateTimeKind.Utc), count) : null;
        }

        public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}:{Shown}")));

        private static readonly long Earliest = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        private static readonly long Latest = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    }
}
