using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempDeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "withdrawn_at",
                table: "deals_rule_set",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_by_name",
                table: "deals_rule_set",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_why",
                table: "deals_rule_set",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "protected_before",
                table: "deals_deal",
                type: "integer",
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
