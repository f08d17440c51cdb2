using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Trellis.Kernel;

/// <summary>
/// The one database context. Every module maps its own internal entities; a query sees the current tenant only, and a portal actor what its
/// partner may see.
/// </summary>
public abstract class Db(DbContextOptions options, ModuleList modules, CurrentActor current, Engine engine) : DbContext(options)
{
    /// <summary>The name of the filter that keeps tenants apart.</summary>
    public const string TenantFilter = "tenant";

    /// <summary>The name of the filter that limits a portal actor.</summary>
    public const string PartnerFilter = "partner";

    /// <summary>The name of the filter that leaves out what somebody has removed and may still put back.</summary>
    public const string RemovedFilter = "removed";

    /// <summary>The engine behind this context.</summary>
    public Engine Engine => engine;

    /// <summary>The tenant that every query is limited to; query filters name it.</summary>
    public TenantId Tenant => current.Actor.Tenant;

    /// <summary>The partner that a portal actor is limited to, or null; query filters name it.</summary>
    public PartnerId? Partner => current.Actor.Partner;

    /// <summary>Who acts; what query filters call may ask it.</summary>
    public Actor Actor => current.Actor;

    /// <summary>Whether the actor sees all partners; query filters name it.</summary>
    public bool SeesAllPartners => current.Actor.Partner is null;

    /// <summary>
    /// Queries of the whole installation, for the dispatcher and for checks. The reason is for the reader; such a query locks nothing.
    /// </summary>
    public IQueryable<T> AllTenants<T>(string why) where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(why);
        return Set<T>().IgnoreQueryFilters().TagWith("all tenants: " + why);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion(engine.StoresTimeAsNumber ? typeof(UtcAsMicroseconds) : typeof(Utc));
        conventions.Properties<string>().HaveMaxLength(4000);
        foreach (var type in OwnTypes())
        {
            if (type.IsEnum)
                conventions.Properties(type).HaveConversion(typeof(EnumAsText<>).MakeGenericType(type), typeof(ValueAsItIs<>).MakeGenericType(type)).HaveMaxLength(40);
            else if (type.IsValueType && typeof(ITypedId).IsAssignableFrom(type) && !type.IsGenericTypeDefinition)
                conventions.Properties(type).HaveConversion((engine.StoresIdAsBytes ? typeof(IdAsBytes<>) : typeof(IdAsGuid<>)).MakeGenericType(type), typeof(ValueAsItIs<>).MakeGenericType(type));
        }
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        KernelTables.Map(model);
        foreach (var module in modules.Modules) module.Tables(model, this);
        foreach (var entity in model.Model.GetEntityTypes()) Finish(model, entity);
    }

    private static readonly MethodInfo FilterMethod = typeof(Db).GetMethod(nameof(FilterByTenant), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void Finish(ModelBuilder model, IMutableEntityType entity)
    {
        var published = entity.ClrType.GetCustomAttribute<PublishedRowAttribute>();
        if (published is not null)
        {
            var row = model.Entity(entity.ClrType);
            row.HasNoKey().ToView(published.Table);
        }

        if (typeof(ITenantOwned).IsAssignableFrom(entity.ClrType)) FilterMethod.MakeGenericMethod(entity.ClrType).Invoke(this, [model]);
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(Words.Snake(property.Name));
            if (property.ClrType == typeof(string)) engine.ConfigureText(property);
            if (property.Name == "Id" || property.IsPrimaryKey()) property.ValueGenerated = ValueGenerated.Never;
            if (property.Name == nameof(IVersioned.Version) && typeof(IVersioned).IsAssignableFrom(entity.ClrType)) property.IsConcurrencyToken = published is null;
        }
    }

    private void FilterByTenant<T>(ModelBuilder model) where T : class, ITenantOwned
    {
        Expression<Func<T, bool>> filter = row => row.TenantId == Tenant;
        model.Entity<T>().HasQueryFilter(TenantFilter, filter);
    }

    private IEnumerable<Type> OwnTypes() =>
        modules.Modules.Select(m => m.GetType().Assembly).Append(typeof(Db).Assembly).Distinct().SelectMany(a => a.GetTypes());

    private sealed class Utc() : ValueConverter<DateTime, DateTime>(
        value => value.Kind == DateTimeKind.Utc ? value : DateTime.SpecifyKind(value, DateTimeKind.Utc),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));

    private sealed class UtcAsMicroseconds() : ValueConverter<DateTime, long>(
        value => (value.Ticks - DateTime.UnixEpoch.Ticks) / 10,
        value => new DateTime(value * 10 + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc));

    private sealed class EnumAsText<T>() : ValueConverter<T, string>(value => Words.Of(value), text => Read(text)) where T : struct, Enum
    {
        private static T Read(string text) => Words.Parse<T>(text) ?? throw new FormatException($"“{text}” is no {typeof(T).Name}.");
    }

    private sealed class IdAsGuid<T>() : ValueConverter<T, Guid>(id => id.Value, value => Wrap<T>(value)) where T : struct, ITypedId<T>;

    private sealed class IdAsBytes<T>() : ValueConverter<T, byte[]>(id => id.Value.ToByteArray(true), bytes => Wrap<T>(new Guid(bytes, true)))
        where T : struct, ITypedId<T>;

    // An expression tree cannot name a static interface member itself.
    private static T Wrap<T>(Guid value) where T : struct, ITypedId<T> => T.From(value);
}

/// <summary>Short forms for mapping tables by the house rules.</summary>
public static class Mapping
{
    /// <summary>A tenant's table: key (TenantId, Id).</summary>
    public static EntityTypeBuilder<T> Owned<T>(this ModelBuilder model, string table, Expression<Func<T, object?>> key) where T : class, ITenantOwned
    {
        var entity = model.Entity<T>();
        entity.ToTable(table);
        entity.HasKey(key);
        return entity;
    }

    /// <summary>A published row; its table is named by its attribute.</summary>
    public static EntityTypeBuilder<T> Published<T>(this ModelBuilder model) where T : class, ITenantOwned => model.Entity<T>();
}
