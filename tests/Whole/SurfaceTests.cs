using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Whole.Tests;

/// <summary>A module shows the others what lies in its folder Published, and nothing else.</summary>
[Trait("Category", "Shape")]
public sealed class SurfaceTests
{
    /// <summary>Public types outside Published, each with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["Trellis.Identity.DemoPeople"] = "the host announces the demo people at the start, and Partners lets theirs join",
        ["Trellis.Identity.DemoPerson"] = "goes with DemoPeople",
        ["Trellis.Identity.FoundCompany"] = "the host's command line founds companies",
        ["Trellis.Identity.NewCompany"] = "what it is given",
        ["Trellis.Identity.TokenOfPerson"] = "the host's command line issues tokens",
    };

    [Fact]
    public async Task Every_public_type_of_a_module_is_published_or_its_manifest_or_a_page()
    {
        var app = await TestApp.SharedAsync(Database.Sqlite);
        var assemblies = app.Services.GetRequiredService<ModuleList>().Modules.Select(m => m.GetType().Assembly);
        var exposed = assemblies.SelectMany(Exposed).ToList();

        exposed.Except(Exceptions.Keys).ShouldBeEmpty("make it internal, or move it to Published");
        Exceptions.Keys.Except(exposed).ShouldBeEmpty("an exception that nobody needs any more");
    }

    [Fact]
    public void A_public_type_in_the_wrong_place_is_found() =>
        Exposed(typeof(SurfaceTests).Assembly).ShouldContain(typeof(SurfaceTests).FullName!);

    [Fact]
    public async Task Every_table_begins_with_the_name_of_its_module()
    {
        var app = await TestApp.SharedAsync(Database.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var prefixes = app.Services.GetRequiredService<ModuleList>().Modules.ToDictionary(m => m.GetType().Assembly, m => m.Name + "_");
        prefixes[typeof(Db).Assembly] = "kernel_";

        var wrong = from entity in scope.ServiceProvider.GetRequiredService<Db>().Model.GetEntityTypes()
                    let table = entity.GetTableName() ?? entity.GetViewName()
                    where table is null || !(IsOfRecords(entity.ClrType) ? prefixes.Values.Any(p => table.StartsWith(p, StringComparison.Ordinal)) : table.StartsWith(prefixes[entity.ClrType.Assembly], StringComparison.Ordinal))
                    select $"{entity.ClrType.FullName} in {table}";
        wrong.ShouldBeEmpty();
    }

    // The values of custom fields: one type of the kernel, and a table in the module whose records have them.
    private static bool IsOfRecords(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FieldValue<>);

    private static IEnumerable<string> Exposed(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        where !(type.Namespace ?? "").EndsWith(".Published", StringComparison.Ordinal)
        where type.Name != "_Imports" && !typeof(Kernel.Module).IsAssignableFrom(type) && !typeof(IComponent).IsAssignableFrom(type)
        select type.FullName;
}
