using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A file that is stored and known to be what its name says.</summary>
internal sealed record KnownFile(DealId Deal, FileId File, string Name, string ContentType, long Bytes, string Digest, bool Internal);
