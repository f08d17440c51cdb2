using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Trellis.Kernel;

/// <summary>
/// Compares words and identifiers as they are. EF Core would find out how by reflection for each type, in a dozen methods that are compiled for each of them while the first visitor
/// waits.
/// </summary>
internal sealed class ValueAsItIs<T>() : ValueComparer<T>((Expression<Func<T, T, bool>>)Plain.Equal(typeof(T)), (Expression<Func<T, int>>)Plain.Hash(typeof(T)), (Expression<Func<T, T>>)Plain.Same(typeof(T)))
    where T : struct;

/// <summary>The expressions of such a comparison, by machinery that all types share.</summary>
internal static class Plain
{
    public static LambdaExpression Equal(Type type)
    {
        var (left, right) = (Expression.Parameter(type, "left"), Expression.Parameter(type, "right"));
        return Expression.Lambda(typeof(Func<,,>).MakeGenericType(type, type, typeof(bool)), Expression.Equal(left, right), left, right);
    }

    public static LambdaExpression Hash(Type type)
    {
        var value = Expression.Parameter(type, "value");
        return Expression.Lambda(typeof(Func<,>).MakeGenericType(type, typeof(int)), Expression.Call(value, type.GetMethod(nameof(GetHashCode), Type.EmptyTypes)!), value);
    }

    public static LambdaExpression Same(Type type)
    {
        var value = Expression.Parameter(type, "value");
        return Expression.Lambda(typeof(Func<,>).MakeGenericType(type, type), value, value);
    }
}
