using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Host.Engines.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TempPartnerSignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "partner_id",
                table: "identity_company",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_partners_joint_value_tenant_id_state_on",
                table: "partners_joint_value",
                columns: new[] { "tenant_id", "state", "on" });

            migrationBuilder.CreateIndex(
                name: "IX_identity_company_tenant_id_partner_id",
                table: "identity_company",
                columns: new[] { "tenant_id", "partner_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_partners_joint_value_tenant_id_state_on",
                table: "partners_joint_value");

            migrationBuilder.DropIndex(
                name: "IX_identity_company_tenant_id_partner_id",
                table: "identity_company");

            migrationBuilder.DropColumn(
                name: "partner_id",
                table: "identity_company");
        }
    }
}
