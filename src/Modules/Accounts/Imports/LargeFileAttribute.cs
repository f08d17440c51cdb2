using Microsoft.AspNetCore.Http.Metadata;

namespace Trellis.Accounts.Imports;

/// <summary>A page or route that takes a file of a million rows.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LargeFileAttribute : Attribute, IFormOptionsMetadata, IRequestSizeLimitMetadata
{
    private const long Most = UploadImport.MostBytes + 1_000_000;

    public long? MaxRequestBodySize => Most;
    public long? MultipartBodyLengthLimit => Most;
    public bool? BufferBody => null;
    public int? MemoryBufferThreshold => null;
    public long? BufferBodyLengthLimit => null;
    public int? ValueCountLimit => null;
    public int? KeyLengthLimit => null;
    public int? ValueLengthLimit => null;
    public int? MultipartBoundaryLengthLimit => null;
    public int? MultipartHeadersCountLimit => null;
    public int? MultipartHeadersLengthLimit => null;
}
