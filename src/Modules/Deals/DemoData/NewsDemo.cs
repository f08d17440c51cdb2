using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.DemoData;

/// <summary>What the people of the demo were told about their deals in the last two weeks.</summary>
internal static class NewsDemo
{
    private static readonly DealState[] Waiting = [DealState.Submitted, DealState.InReview];

    public static Task LoadAsync(Demo demo, DemoMarket market, IReadOnlyList<DealStory> stories, CancellationToken ct)
    {
        var news = new DemoNews();
        var managers = market.Partners.ToDictionary(p => p.Row.Id, p => p.Row.ManagerId);
        foreach (var deal in stories.Select(s => s.Deal).Where(d => d.StateSince > demo.Now.AddDays(-14) && d.StateSince <= demo.Now))
        {
            var read = deal.StateSince < demo.Now.AddDays(-4);
            if (Waiting.Contains(deal.State) && managers.GetValueOrDefault(deal.PartnerId) is { } manager)
                news.Tell(demo, manager, null, new News(DealNews.Review, $"Decide: {deal.Title}", deal.StateReason ?? "", $"/app/deals/{deal.Id}"), deal.StateSince, read);
            else if (deal.State is DealState.Approved or DealState.Rejected)
                news.Tell(demo, deal.RegisteredBy, deal.PartnerId, new News(DealNews.Decided, $"{DealLifecycle.Label(deal.State)}: {deal.Title}", deal.StateReason ?? "", $"/portal/deals/{deal.Id}"), deal.StateSince, read);
            else if (deal.State == DealState.InfoRequested)
                news.Tell(demo, deal.RegisteredBy, deal.PartnerId, new News(DealNews.Asked, $"A question about {deal.Title}", deal.StateReason ?? "", $"/portal/deals/{deal.Id}"), deal.StateSince, false);
        }

        foreach (var (story, comment) in stories.SelectMany(s => s.Comments.Where(c => c.At > demo.Now.AddDays(-14) && c.At <= demo.Now && c.Audience == CommentAudience.Shared).Select(c => (s, c))))
        {
            var (deal, read) = (story.Deal, comment.At < demo.Now.AddDays(-3));
            News Said(string face, string author) => new(DealNews.Message, $"A message on {deal.Title}", $"{author} writes to all on this deal:\n\n{comment.Body}", $"/{face}/deals/{deal.Id}");
            if (comment.AuthorPartner is null) news.Tell(demo, deal.RegisteredBy, deal.PartnerId, Said("portal", comment.AuthorName), comment.At, read);
            else if (managers.GetValueOrDefault(deal.PartnerId) is { } manager) news.Tell(demo, manager, null, Said("app", comment.AuthorName), comment.At, read);
        }

        return news.SaveAsync(demo, ct);
    }
}
