namespace Trellis.Whole.Tests;

public sealed class StatementsTests
{
    [Fact]
    public void The_watch_over_statements_finds_one_that_forgets_its_tenant()
    {
        var tables = new HashSet<string> { "deals_deal" };
        Statements.FaultOf("SELECT \"d\".\"id\" FROM \"deals_deal\" AS \"d\" WHERE \"d\".\"tenant_id\" = @p", tables).ShouldBeNull();
        Statements.FaultOf("SELECT \"d\".\"id\" FROM \"deals_deal\" AS \"d\" WHERE \"d\".\"name\" = @p", tables).ShouldNotBeNull();
        Statements.FaultOf("SELECT 1 FROM \"x\" AS \"x\" INNER JOIN \"deals_deal\" AS \"d\" ON \"x\".\"tenant_id\" = \"d\".\"tenant_id\"", tables).ShouldBeNull();
        Statements.FaultOf("UPDATE \"deals_deal\" SET \"name\" = @p WHERE \"id\" = @q", tables).ShouldNotBeNull();
        Statements.FaultOf("-- all tenants: why\n\nSELECT \"d\".\"id\" FROM \"deals_deal\" AS \"d\"", tables).ShouldBeNull();
    }
}
