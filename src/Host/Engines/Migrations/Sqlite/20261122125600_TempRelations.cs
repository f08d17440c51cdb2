using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempRelations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deals_play_review",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    taken = table.Column<bool>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    reviewed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reviewed_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_play_review", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_relation",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    basis = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    merge = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    moved_from = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ended_by_merge = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_relation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_relation_claim",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    customer_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    basis = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    claimed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    claimed_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    claimed_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answered_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_relation_claim", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    list_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    city = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    proposed = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    next_side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    next_step = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    next_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    contacts = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    deal_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "deals_target_list",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    partner_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    message = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    message_number = table.Column<int>(type: "INTEGER", nullable: false),
                    message_at = table.Column<long>(type: "INTEGER", nullable: true),
                    message_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by_name = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deals_target_list", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_deals_play_review_tenant_id_place_key",
                table: "deals_play_review",
                columns: new[] { "tenant_id", "place", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_deals_play_review_tenant_id_reviewed_at_id",
                table: "deals_play_review",
                columns: new[] { "tenant_id", "reviewed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_tenant_id_account_id_ended_at",
                table: "deals_relation",
                columns: new[] { "tenant_id", "account_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_tenant_id_partner_id_ended_at",
                table: "deals_relation",
                columns: new[] { "tenant_id", "partner_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_deal_id_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_partner_id_claimed_at_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "partner_id", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_relation_claim_tenant_id_state_claimed_at_id",
                table: "deals_relation_claim",
                columns: new[] { "tenant_id", "state", "claimed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_tenant_id_account_id",
                table: "deals_target",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_tenant_id_list_id_name_id",
                table: "deals_target",
                columns: new[] { "tenant_id", "list_id", "name", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_list_tenant_id_created_at_id",
                table: "deals_target_list",
                columns: new[] { "tenant_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deals_target_list_tenant_id_partner_id_created_at_id",
                table: "deals_target_list",
                columns: new[] { "tenant_id", "partner_id", "created_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deals_play_review");

            migrationBuilder.DropTable(
                name: "deals_relation");

            migrationBuilder.DropTable(
                name: "deals_relation_claim");

            migrationBuilder.DropTable(
                name: "deals_target");

            migrationBuilder.DropTable(
                name: "deals_target_list");
        }
    }
}
