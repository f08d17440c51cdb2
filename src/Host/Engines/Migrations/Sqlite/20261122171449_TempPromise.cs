using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempPromise : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "overridden_for",
                table: "deals_decision",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "promised_by",
                table: "deals_decision",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_amount_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "amount", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incentives_earning_tenant_id_partner_id_amount_id",
                table: "incentives_earning",
                columns: new[] { "tenant_id", "partner_id", "amount", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_incentives_earning_tenant_id_amount_id",
                table: "incentives_earning");

            migrationBuilder.DropIndex(
                name: "IX_incentives_earning_tenant_id_partner_id_amount_id",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "overridden_for",
                table: "deals_decision");

            migrationBuilder.DropColumn(
                name: "promised_by",
                table: "deals_decision");
        }
    }
}
