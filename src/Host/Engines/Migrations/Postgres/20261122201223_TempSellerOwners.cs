using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TempSellerOwners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account");

            migrationBuilder.AddColumn<string>(
                name: "other_reason",
                table: "deals_conflict",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "accounts_opportunity",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "accounts_account",
                type: "uuid",
                nullable: true);

            // Before the indexes: what one member of the tenant alone is called is that member's. One pass over each table.
            foreach (var table in new[] { "accounts_account", "accounts_opportunity" })
                migrationBuilder.Sql($"""
                    UPDATE {table} AS r SET owner_id = m.id
                    FROM (SELECT tenant_id, min(name) AS name, (array_agg(id))[1] AS id FROM identity_person WHERE roles <> '' AND NOT is_service GROUP BY tenant_id, lower(name) HAVING count(*) = 1) AS m
                    WHERE r.tenant_id = m.tenant_id AND r.owner_name = m.name
                    """);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_id" },
                filter: "owner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner_without_person",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL AND owner_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_id" },
                filter: "owner_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner_without_person",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL AND owner_id IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_opportunity_owner_without_person",
                table: "accounts_opportunity");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_owner_without_person",
                table: "accounts_account");

            migrationBuilder.DropColumn(
                name: "other_reason",
                table: "deals_conflict");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "accounts_opportunity");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "accounts_account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_opportunity_owner",
                table: "accounts_opportunity",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_owner",
                table: "accounts_account",
                columns: new[] { "tenant_id", "owner_name" },
                filter: "owner_name IS NOT NULL");
        }
    }
}
