using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Conflicts;

/// <summary>Which of the two is right: what was said first, or what another source has said since.</summary>
internal sealed record SaidDecision(SaidValueId Conflict, bool KeepFirst);

/// <summary>Decides what disagrees: the first value is written back and an import's not taken again, or the later one stays and is the word from now on.</summary>
internal sealed class SettleSaid(Work work, UpdatePartner update) : UseCase<SaidDecision, Done>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Done>> HandleAsync(SaidDecision input, CancellationToken ct)
    {
        if (await Db.Set<SaidValue>().SingleOrDefaultAsync(s => s.Id == input.Conflict && s.Since != null, ct) is not { TheirSource: { } theirs } said) return Problem.Missing("conflict");
        Work.Note(input.KeepFirst ? "partners.conflict_first" : "partners.conflict_later", "partners_partner", said.PartnerId.ToString(), new Dictionary<string, string?[]> { [said.Field] = [said.Theirs, input.KeepFirst ? said.Ours : said.Theirs] });
        // Somebody may have taken an import back meanwhile, so the one that is chosen is written in either case.
        var value = input.KeepFirst ? said.Ours : said.Theirs;
        var written = await update.RunAsync((said.PartnerId, Saids.Fields.First(f => f.Name == said.Field).Write(value) with { Settles = true }), ct);
        if (!written.Ok) return written.Problem;
        if (input.KeepFirst) said.Keep();
        else said.Say(said.Theirs, theirs, null, said.TheirBy ?? "", Work.Now);
        return default(Done);
    }
}
