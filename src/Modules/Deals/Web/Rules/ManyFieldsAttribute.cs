using Microsoft.AspNetCore.Http.Metadata;

namespace Trellis.Deals.Web;

/// <summary>A page whose form has more fields than the usual thousand: a table of many rules has some for each cell.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ManyFieldsAttribute : Attribute, IFormOptionsMetadata
{
    public int? ValueCountLimit => 30_000;
    public bool? BufferBody => null;
    public int? MemoryBufferThreshold => null;
    public long? BufferBodyLengthLimit => null;
    public int? KeyLengthLimit => null;
    public int? ValueLengthLimit => null;
    public int? MultipartBoundaryLengthLimit => null;
    public int? MultipartHeadersCountLimit => null;
    public int? MultipartHeadersLengthLimit => null;
    public long? MultipartBodyLengthLimit => null;
}
