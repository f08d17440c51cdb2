using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempDeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "withdrawn_at",
                table: "deals_rule_set",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_by_name",
                table: "deals_rule_set",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_why",
                table: "deals_rule_set",
                type: "TEXT",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "protected_before",
                table: "deals_deal",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "deals_rule_set");

            migrationBuilder.DropColumn(
                name: "withdrawn_by_name",
                table: "deals_rule_set");

            migrationBuilder.DropColumn(
                name: "withdrawn_why",
                table: "deals_rule_set");

            migrationBuilder.DropColumn(
                name: "protected_before",
                table: "deals_deal");
        }
    }
}
