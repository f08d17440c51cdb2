using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Indexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_receipts_receipt_tenant_id_waiting_id",
                table: "receipts_receipt");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_tenant_id_parent_id",
                table: "accounts_account");

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_waiting",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "id" },
                filter: "waiting");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_outbox_waiting",
                table: "kernel_outbox",
                columns: new[] { "tenant_id", "id" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_kernel_mail_waiting",
                table: "kernel_mail",
                columns: new[] { "tenant_id", "id" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_deals_deal_tenant_id_state_amount_won_amount",
                table: "deals_deal",
                columns: new[] { "tenant_id", "state", "amount", "won_amount" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account",
                columns: new[] { "tenant_id", "parent_id", "name" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_receipts_receipt_waiting",
                table: "receipts_receipt");

            migrationBuilder.DropIndex(
                name: "IX_kernel_outbox_waiting",
                table: "kernel_outbox");

            migrationBuilder.DropIndex(
                name: "IX_kernel_mail_waiting",
                table: "kernel_mail");

            migrationBuilder.DropIndex(
                name: "IX_deals_deal_tenant_id_state_amount_won_amount",
                table: "deals_deal");

            migrationBuilder.DropIndex(
                name: "IX_accounts_account_tenant_id_parent_id_name",
                table: "accounts_account");

            migrationBuilder.CreateIndex(
                name: "IX_receipts_receipt_tenant_id_waiting_id",
                table: "receipts_receipt",
                columns: new[] { "tenant_id", "waiting", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_account_tenant_id_parent_id",
                table: "accounts_account",
                columns: new[] { "tenant_id", "parent_id" });
        }
    }
}
