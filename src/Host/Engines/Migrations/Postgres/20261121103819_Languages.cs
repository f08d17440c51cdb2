using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Languages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "compensation",
                table: "incentives_earning",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "credit_basis_points",
                table: "incentives_earning",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "identity_tenant",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "identity_person",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "mapped_by_hand",
                table: "deals_upload",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "mapping",
                table: "deals_upload",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "incentives_scheme",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    basis_points = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incentives_scheme", x => new { x.tenant_id, x.plan_id, x.name });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "incentives_scheme");

            migrationBuilder.DropColumn(
                name: "compensation",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "credit_basis_points",
                table: "incentives_earning");

            migrationBuilder.DropColumn(
                name: "language",
                table: "identity_tenant");

            migrationBuilder.DropColumn(
                name: "language",
                table: "identity_person");

            migrationBuilder.DropColumn(
                name: "mapped_by_hand",
                table: "deals_upload");

            migrationBuilder.DropColumn(
                name: "mapping",
                table: "deals_upload");
        }
    }
}
