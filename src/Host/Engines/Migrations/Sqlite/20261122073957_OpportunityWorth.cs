using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OpportunityWorth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "main_amount",
                table: "accounts_opportunity",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "no_rate",
                table: "accounts_opportunity",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // What stands in the main currency is worth its amount. What needs a rate counts nowhere until the job has valued it.
            migrationBuilder.Sql("""
                UPDATE accounts_opportunity SET main_amount = CASE WHEN accounts_opportunity.currency = t.currency THEN amount ELSE 0 END, no_rate = accounts_opportunity.currency <> t.currency
                FROM identity_tenant AS t WHERE t.tenant_id = accounts_opportunity.tenant_id AND amount <> 0
                """);
            migrationBuilder.Sql($$"""
                INSERT INTO kernel_job (tenant_id, id, kind, payload, state, done, total, started_by, started_by_name, created_at, cancel_wanted, attempts)
                SELECT t.tenant_id, x'{{System.Guid.CreateVersion7():N}}', 'identity.revalue', '{}', 'queued', 0, 0, zeroblob(16), 'Trellis', CAST(strftime('%s', 'now') AS INTEGER) * 1000000, FALSE, 0 FROM identity_tenant AS t
                WHERE EXISTS (SELECT 1 FROM accounts_opportunity AS o WHERE o.tenant_id = t.tenant_id AND o.no_rate)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_tenant_id_main_amount_id",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "main_amount", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_tenant_id_main_amount_id",
                table: "accounts_opportunity");

            migrationBuilder.DropColumn(
                name: "main_amount",
                table: "accounts_opportunity");

            migrationBuilder.DropColumn(
                name: "no_rate",
                table: "accounts_opportunity");
        }
    }
}
