using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>The public API's description, OpenAPI 3.1, generated from the routes when it is first asked for: they do not change while the program runs.</summary>
internal sealed class ApiDocument([FromKeyedServices("v1")] IOpenApiDocumentProvider provider)
{
    private string? _made;

    /// <summary>The description as JSON.</summary>
    public async Task<string> JsonAsync(CancellationToken ct) =>
        _made ??= await (await provider.GetOpenApiDocumentAsync(ct)).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, ct);

    public static void Map(WebApplication app) =>
        app.MapGet("/api/openapi/v1.json", async (ApiDocument document, CancellationToken ct) => TypedResults.Text(await document.JsonAsync(ct), "application/json")).ExcludeFromDescription().AllowAnonymous();

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.AddOptions<OpenApiOptions>("v1").Configure<EndpointDataSource>((o, endpoints) => o.CreateSchemaReferenceId = new SchemaNames(endpoints).Of);
        Describe(services);
    }

    private static void Describe(IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        o.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Trellis",
                Version = "v1",
                Description = "The partner ecosystem platform. Every page's use case is here, with the same refusals. A partner's token sees what the portal shows.",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API token: `Authorization: Bearer trl_…`",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        o.AddSchemaTransformer((schema, context, _) =>
        {
            if (!typeof(ITypedId).IsAssignableFrom(Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type)) return Task.CompletedTask;
            schema.Type = JsonSchemaType.String;
            schema.Format = "id";
            schema.Properties?.Clear();
            return Task.CompletedTask;
        });
    });
}
