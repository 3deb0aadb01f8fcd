/** What the tests' provider says of somebody: the claims that a university's provider has. */
export interface ProviderClaims {
  name: string
  email: string
  student_number?: string
  groups?: readonly string[]
  eduperson_affiliation?: readonly string[]
}

/** Everybody's password at the tests' provider. */
export const providerPassword = 'only-in-tests'

const mail = (username: string): string => `${username}@university.example`
const student = (number: string, name: string): [string, ProviderClaims] => [
  `s${number.toLowerCase()}`,
  {
    name,
    email: mail(`s${number.toLowerCase()}`),
    student_number: number,
    groups: ['students'],
    eduperson_affiliation: ['student', 'member'],
  },
]
const employee = (username: string, name: string, ...groups: string[]): [string, ProviderClaims] => [
  username,
  { name, email: mail(username), groups, eduperson_affiliation: ['employee', 'staff', 'member'] },
]

/** Whom the tests' provider knows, by user name; all of them are fictional, the students are of examples/campus. */
export const providerPeople: Readonly<Record<string, ProviderClaims>> = Object.fromEntries([
  student('41047001S', '示例生'),
  student('41047002S', '示例生'),
  student('41047006S', '示例生'),
  student('41047007S', '示例生'),
  student('41047008S', '示例生'),
  student('41100035E', 'Sample Student'),
  // Known to the provider, and not on the roster.
  student('49999999Z', 'Not On The Roster'),
  employee('clerk.csie', 'Clerk of a Department', 'card-desk-csie'),
  employee('clerk.math', 'Clerk of Another Department', 'card-desk-math'),
  employee('officer', 'Card Officer', 'card-office'),
  employee('officer.two', 'Second Card Officer', 'card-office'),
  employee('keeper', 'Keeper of all Doors', 'door-access'),
  employee('keeper.library', 'Keeper of the Library', 'door-access-library'),
  employee('lab.owner', 'Owner of a Laboratory', 'systems-lab-keepers'),
  employee('cashier', 'Cashier', 'cashiers'),
  employee('auditor', 'Auditor', 'internal-audit'),
  employee('admin', 'Administrator', 'gatehouse-admins'),
  employee('admin.two', 'Second Administrator', 'gatehouse-admins'),
  // Works at two counters, owns a laboratory's door, and studies beside it.
  [
    'several',
    {
      name: 'Of Several Groups',
      email: mail('several'),
      student_number: '41047008S',
      groups: ['card-desk-csie', 'card-desk-math', 'systems-lab-keepers'],
      eduperson_affiliation: ['employee', 'student', 'member'],
    },
  ],
  // Whom no group concerns, and whom the provider says nothing more about.
  employee('gardener', 'Gardener'),
  ['guest', { name: 'Guest', email: mail('guest') }],
])
